import { Download } from "lucide-react";
import { withParams } from "#components/ui/filter-url.ts";
import { Popover } from "#components/ui/popover.tsx";

const formats = [
  { format: "csv", name: "CSV", what: "for a spreadsheet; formulas are defused" },
  { format: "ndjson", name: "NDJSON", what: "canonical events, one a line" },
  { format: "ocsf", name: "OCSF 1.6", what: "for a SIEM, one record a line" },
] as const;

/** Exactly the events that the filter lets through, as a file. Plain links: what is fetched ahead would be on record as an export. */
export function ExportMenu({ query }: { readonly query: string }) {
  return (
    <Popover
      title="Export these events"
      trigger={
        <>
          <Download aria-hidden />
          Export
        </>
      }
    >
      <ul className="grid gap-1">
        {formats.map(({ format, name, what }) => (
          <li key={format}>
            <a
              href={`/api/v1/audit/export${withParams(query, { format })}`}
              download
              className="tap -mx-2 block rounded-sm px-2 py-1.5 text-sm hover:bg-hover"
            >
              <span className="font-medium">{name}</span> <span className="text-muted">{what}</span>
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-muted">The export itself is recorded in the audit trail.</p>
    </Popover>
  );
}

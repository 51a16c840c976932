import { LogoMark } from "#components/shell/logo.tsx";
import { utcTime } from "#components/ui/relative-time.ts";

/** The head of a printed page: what it is, who printed it and when, of which query, with which digests. */
export function PrintHeader({
  title,
  printedBy,
  now,
  query,
  digests = [],
}: {
  readonly title: string;
  readonly printedBy: string;
  readonly now: Date;
  readonly query?: string;
  readonly digests?: readonly { readonly label: string; readonly value: string }[];
}) {
  return (
    <header className="mb-4 hidden border-b border-border pb-3 text-xs print:block">
      <p className="flex items-center gap-1.5 font-semibold">
        <LogoMark className="size-4" />
        Plumbline · {title}
      </p>
      <p>
        Printed by {printedBy}, {utcTime(now)}
      </p>
      {query ? <p className="[overflow-wrap:anywhere]">Query: {query}</p> : null}
      {digests.map((digest) => (
        <p key={digest.label} className="[overflow-wrap:anywhere]">
          {digest.label}: <code className="font-mono">{digest.value}</code>
        </p>
      ))}
    </header>
  );
}

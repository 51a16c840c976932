import { Pointer } from "#components/diff/pointer.tsx";
import { areLongTexts, LongTextDiff, ValueText } from "#components/diff/value-text.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { changesOf, type RecordedChange } from "#lib/audit/model.ts";
import type { Json } from "#lib/kernel/json.ts";

/** The before and after of an event, or all that was recorded where there is neither. */
export function EventChanges({ detail }: { readonly detail: Json }) {
  const changes = changesOf(detail);
  if (changes.length === 0) return <Recorded detail={detail} />;
  return (
    <Table label="Before and after">
      <TableHead>
        <Th>What</Th>
        <Th>Before</Th>
        <Th>After</Th>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <Tr key={change.pointer}>
            <Td phone="primary">
              <Pointer value={change.pointer} />
            </Td>
            <Values change={change} />
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

function Values({ change: { before, after } }: { readonly change: RecordedChange }) {
  if (typeof before === "string" && typeof after === "string" && areLongTexts(before, after)) {
    return (
      <Td colSpan={2} phone="full">
        <LongTextDiff before={before} after={after} />
      </Td>
    );
  }
  return (
    <>
      <Td>
        <ValueText value={before} side="before" />
      </Td>
      <Td>
        <ValueText value={after} side="after" />
      </Td>
    </>
  );
}

function Recorded({ detail }: { readonly detail: Json }) {
  const isEmpty = typeof detail === "object" && detail !== null && Object.keys(detail).length === 0;
  if (isEmpty)
    return <p className="text-sm text-muted">Nothing more was recorded: this event has no before and after.</p>;
  return (
    <pre className="rounded-md border border-border bg-canvas px-2.5 py-2 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
      {JSON.stringify(detail, null, 2)}
    </pre>
  );
}

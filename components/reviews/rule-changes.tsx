import { ValueText } from "#components/diff/value-text.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { JsonChange } from "#lib/kernel/diff.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";

/** What changes in the rules, entry by entry. */
export function RuleChanges({ changes }: { readonly changes: readonly JsonChange[] }) {
  return (
    <Table label="Changed rules">
      <TableHead>
        <Th>Place</Th>
        <Th>Before</Th>
        <Th>After</Th>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <Tr key={change.pointer}>
            <Td phone="primary" className="min-w-56">
              <code className="font-mono text-xs [overflow-wrap:anywhere]">
                {parsePointer(change.pointer).join(" › ")}
              </code>
            </Td>
            <Td className="max-w-96">
              <ValueText value={change.before} side="before" />
            </Td>
            <Td className="max-w-96">
              <ValueText value={change.after} side="after" />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

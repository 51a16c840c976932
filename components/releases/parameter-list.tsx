import { ValueText } from "#components/diff/value-text.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Json } from "#lib/kernel/json.ts";

/** Every parameter of an effective configuration, by pointer. */
export function ParameterList({
  leaves,
}: {
  readonly leaves: readonly { readonly pointer: string; readonly value: Json }[];
}) {
  return (
    <Table label="Parameters">
      <TableHead>
        <Th>Parameter</Th>
        <Th>Value</Th>
      </TableHead>
      <TableBody>
        {leaves.map(({ pointer, value }) => (
          <Tr key={pointer}>
            <Td phone="primary" className="align-top">
              <code className="font-mono text-xs [overflow-wrap:anywhere]">{pointer}</code>
            </Td>
            <Td phone="full" className="align-top">
              <ValueText value={value} />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

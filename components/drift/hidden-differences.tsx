import { Pointer } from "#components/diff/pointer.tsx";
import { FindingKindBadge, IgnoredBadge, SeverityBadge } from "#components/drift/badges.tsx";
import { counted } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { HiddenDifference } from "#lib/drift/ignore-rules/queries.ts";

/** What an ignore rule hides at this moment. */
export function HiddenDifferences({
  pattern,
  hidden,
  closeHref,
}: {
  readonly pattern: string;
  readonly hidden: readonly HiddenDifference[];
  readonly closeHref: string;
}) {
  return (
    <Card labelledBy="hidden">
      <CardHeader
        titleId="hidden"
        title={
          <>
            What <code className="font-mono">{pattern}</code> hides now
          </>
        }
        description={hidden.length === 0 ? undefined : counted(hidden.length, "difference")}
        actions={
          <LinkButton size="sm" href={closeHref} scroll={false}>
            Hide again
          </LinkButton>
        }
      />
      {hidden.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing: no runtime shows a difference that it matches.</p>
      ) : (
        <Table label="Hidden differences">
          <TableHead>
            <Th>Severity</Th>
            <Th>Difference</Th>
            <Th>Where</Th>
            <Th end>Instances</Th>
          </TableHead>
          <TableBody>
            {hidden.map((one) => (
              <Tr key={`${one.environment.slug} ${one.bundle.slug} ${one.kind} ${one.pointer} ${one.summary}`}>
                <Td phone="end">
                  <SeverityBadge severity={one.severity} />
                </Td>
                <Td phone="primary">
                  {one.summary}
                  <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-muted">
                    <IgnoredBadge />
                    <FindingKindBadge kind={one.kind} />
                    <Pointer value={one.pointer} />
                  </span>
                </Td>
                <Td>
                  {one.environment.name} · {one.bundle.name}
                </Td>
                <Td end className="tabular-nums">
                  {one.instances}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

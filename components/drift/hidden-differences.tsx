import { Pointer } from "#components/diff/pointer.tsx";
import { FindingKindBadge, IgnoredBadge, SeverityBadge } from "#components/drift/badges.tsx";
import { counted } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
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
        <DifferenceTable differences={hidden} />
      )}
    </Card>
  );
}

type Hidden = HiddenDifference & { readonly ignoredBy?: { readonly id: string; readonly reason: string } | null };

/** What ignore rules hide in one environment, whatever the rule. */
export function IgnoredHere({
  differences,
  closeHref,
}: {
  /** Null: no environment is chosen, so that there is nothing to look at. */
  readonly differences: readonly Hidden[] | null;
  readonly closeHref: string;
}) {
  return (
    <Card labelledBy="ignored">
      <CardHeader
        titleId="ignored"
        title="What ignore rules hide here now"
        description="None of it counts: not for the status, not as a finding, not for alerts"
        actions={
          <LinkButton size="sm" href={closeHref} scroll={false}>
            Hide again
          </LinkButton>
        }
      />
      {differences === null ? (
        <p className="px-4 py-3 text-sm text-muted">Choose a system and an environment to look at.</p>
      ) : differences.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing: every difference there counts.</p>
      ) : (
        <DifferenceTable differences={differences} />
      )}
    </Card>
  );
}

function DifferenceTable({ differences }: { readonly differences: readonly Hidden[] }) {
  return (
    <Table label="Hidden differences">
      <TableHead>
        <Th>Severity</Th>
        <Th>Difference</Th>
        <Th>Where</Th>
        <Th end>Instances</Th>
      </TableHead>
      <TableBody>
        {differences.map((one) => (
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
                {one.ignoredBy ? (
                  <TextLink href={`/drift/ignore-rules?rule=${one.ignoredBy.id}`}>{one.ignoredBy.reason}</TextLink>
                ) : null}
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
  );
}

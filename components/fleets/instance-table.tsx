import { HealthBadge } from "#components/drift/badges.tsx";
import { RunningDigest } from "#components/fleets/digest-place.tsx";
import { SilentBadge } from "#components/fleets/silent-badge.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AffectedInstance } from "#lib/drift/views.ts";
import type { InstanceRow } from "#lib/runtimes/views.ts";

/** As much of an instance as a row of any list shows. */
export type ListedInstance = AffectedInstance & Partial<Pick<InstanceRow, "unreadable" | "healthNote" | "client">>;

/** Running instances, one row each. */
export function InstanceTable({
  rows,
  label,
  hrefOf,
  now,
}: {
  readonly rows: readonly ListedInstance[];
  readonly label: string;
  readonly hrefOf: (id: string) => string;
  readonly now: Date;
}) {
  return (
    <Table label={label}>
      <TableHead>
        <Th>Instance</Th>
        <Th>Fleet</Th>
        <Th>Runs</Th>
        <Th>Health</Th>
        <Th>Build</Th>
        <Th end>Heard</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.id} href={hrefOf(row.id)}>
            <Td phone="primary">
              <TextLink quiet href={hrefOf(row.id)} className="[overflow-wrap:anywhere]">
                {row.instance}
              </TextLink>
            </Td>
            <Td>{row.fleet}</Td>
            <Td className="max-w-72">
              <RunningDigest digest={row.digest} unreadable={row.unreadable ?? null} />
            </Td>
            <Td phone="end">
              {row.isSilent ? <SilentBadge /> : <HealthBadge health={row.health} note={row.healthNote} />}
            </Td>
            <Td className="max-w-48 truncate font-mono text-xs">{row.build}</Td>
            <Td end className="whitespace-nowrap text-muted">
              <Time at={row.lastSeenAt} now={now} show="relative" />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

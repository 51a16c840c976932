import { HealthBadge } from "#components/drift/badges.tsx";
import { DigestState, RunningDigest } from "#components/fleets/digest-place.tsx";
import { SilentBadge } from "#components/fleets/silent-badge.tsx";
import { counted } from "#components/systems/words.ts";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { HEALTH_STATES, type HealthState } from "#lib/runtimes/model.ts";
import type { FleetRow } from "#lib/runtimes/views.ts";

const WORST_FIRST: readonly HealthState[] = ["failing", "degraded", "unknown", "ok"];

/** What runs, grouped by fleet and digest: forty instances of one digest are one row. */
export function FleetTable({
  rows,
  label,
  hrefOf,
  compareHref,
  now,
}: {
  readonly rows: readonly FleetRow[];
  readonly label: string;
  readonly hrefOf: (row: FleetRow) => string;
  /** Where a digest is compared with what is declared; null where it cannot be. */
  readonly compareHref: (row: FleetRow) => string | null;
  readonly now: Date;
}) {
  return (
    <Table label={label}>
      <TableHead>
        <Th>Fleet</Th>
        <Th>Runs</Th>
        <Th>Sync</Th>
        <Th end>Instances</Th>
        <Th>Health</Th>
        <Th>Build</Th>
        <Th end>Heard</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => {
          const compare = compareHref(row);
          const live = row.instances - row.silent;
          return (
            <Tr key={`${row.fleet} ${row.digest}`} href={hrefOf(row)}>
              <Td phone="primary">
                <TextLink quiet href={hrefOf(row)} scroll={false}>
                  {row.fleet}
                </TextLink>
              </Td>
              <Td className="max-w-72">
                <RunningDigest digest={row.digest} unreadable={row.unreadable} />
                {row.isServed ? <span className="ml-1.5 text-xs text-muted">what is served now</span> : null}
                {compare ? (
                  <TextLink href={compare} className="ml-1.5 text-xs">
                    compare
                  </TextLink>
                ) : null}
              </Td>
              <Td phone="end">
                {live > 0 ? (
                  <DigestState digest={row.digest} sync={row.sync} unreadable={row.unreadable} />
                ) : (
                  <SilentBadge />
                )}
              </Td>
              <Td end className="whitespace-nowrap tabular-nums">
                {row.instances.toLocaleString("en")}
                <span className="sm:hidden"> {row.instances === 1 ? "instance" : "instances"}</span>
                {row.silent > 0 ? <span className="block text-xs text-warn-fg">{row.silent} silent</span> : null}
              </Td>
              <Td>
                <Health row={row} />
              </Td>
              <Td className="max-w-48 truncate font-mono text-xs">{row.builds.join(", ")}</Td>
              <Td end className="whitespace-nowrap text-muted">
                <Time at={row.newestReport} now={now} show="relative" />
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}

function Health({ row }: { readonly row: FleetRow }) {
  const present = WORST_FIRST.filter((health) => row.health[health] > 0);
  const [worst] = present;
  if (worst === undefined) return <span className="text-xs text-muted">not known</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <HealthBadge health={worst} />
      {present.length > 1 ? (
        <span className="text-xs text-muted">
          {row.health[worst]} of{" "}
          {counted(
            HEALTH_STATES.reduce((sum, one) => sum + row.health[one], 0),
            "instance",
          )}
        </span>
      ) : null}
    </span>
  );
}

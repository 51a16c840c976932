import { CalendarX, CircleCheck, Hourglass, type LucideIcon, OctagonAlert } from "lucide-react";
import { counted } from "#components/systems/words.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { FlagStanding } from "#lib/insights/flag-facts.ts";
import type { FlagBundle as Bundle } from "#lib/insights/flags.ts";

const STANDING: Readonly<
  Record<FlagStanding, { readonly tone: Tone; readonly icon: LucideIcon; readonly word: string }>
> = {
  fresh: { tone: "ok", icon: CircleCheck, word: "In time" },
  soon: { tone: "warn", icon: Hourglass, word: "Ends soon" },
  stale: { tone: "danger", icon: OctagonAlert, word: "Stale" },
  endless: { tone: "danger", icon: CalendarX, word: "No end" },
};

/** A bundle's flags with owner, age and end, and how many combinations they make. */
export function FlagBundle({
  bundle,
  environments,
  now,
}: {
  readonly bundle: Bundle;
  readonly environments: readonly { readonly slug: string; readonly name: string }[];
  readonly now: Date;
}) {
  const id = `flags-${bundle.slug}`;
  const stale = bundle.flags.filter((flag) => flag.standing === "stale" || flag.standing === "endless").length;
  const shown = environments.filter((environment) =>
    bundle.flags.some((flag) => flag.settings.some((one) => one.environment === environment.slug)),
  );
  const counts = [
    counted(bundle.flags.length, "flag"),
    ...(bundle.experiments.length > 0 ? [counted(bundle.experiments.length, "experiment")] : []),
    ...(stale > 0 ? [`${stale} stale`] : []),
  ].join(", ");
  return (
    <Card labelledBy={id}>
      <CardHeader
        title={bundle.name}
        titleId={id}
        description={
          <>
            {counts}. Together they can stand in{" "}
            <strong className="font-semibold text-text">{bundle.space.inWords}</strong>{" "}
            {bundle.space.size === "1" ? "way" : "ways"}
            {bundle.space.size === "1" ? "" : `: ${bundle.space.effort}, if each were tried for a minute`}.
          </>
        }
      />
      {bundle.flags.length === 0 ? (
        <EmptyState title="No flag" level={3}>
          Flags of this bundle appear here with their owner and the day by which they are removed.
        </EmptyState>
      ) : (
        <Table label={`Flags of ${bundle.name}`}>
          <TableHead>
            <Th>Flag</Th>
            {shown.map((environment) => (
              <Th key={environment.slug}>{environment.name}</Th>
            ))}
            <Th>Owner</Th>
            <Th>Age</Th>
            <Th>Ends</Th>
          </TableHead>
          <TableBody>
            {bundle.flags.map((flag) => {
              const { tone, icon, word } = STANDING[flag.standing];
              return (
                <Tr key={flag.pointer} id={`${id}-${flag.name}`}>
                  <Td phone="primary" className="max-w-96 min-w-52">
                    <code className="font-mono text-xs font-medium">{flag.name}</code>
                    {flag.description ? <span className="block text-xs text-muted">{flag.description}</span> : null}
                  </Td>
                  {shown.map((environment) => {
                    const here = flag.settings.find((one) => one.environment === environment.slug);
                    return (
                      <Td key={environment.slug}>
                        <span className="sm:hidden">{environment.name}: </span>
                        {here?.setting ?? <span className="text-muted">not there</span>}
                      </Td>
                    );
                  })}
                  <Td>{flag.owner ?? <StatusBadge tone="danger">Nobody</StatusBadge>}</Td>
                  <Td className="whitespace-nowrap text-muted">
                    {flag.since ? <Time at={flag.since} now={now} show="relative" /> : "not deployed"}
                  </Td>
                  <Td phone="end">
                    <span className="flex flex-wrap items-center gap-x-2">
                      <StatusBadge tone={tone} icon={icon}>
                        {word}
                      </StatusBadge>
                      {flag.expires ? (
                        <span className="text-xs text-muted">
                          <Time at={flag.expires} now={now} precision="day" show="both" />
                        </span>
                      ) : null}
                    </span>
                  </Td>
                </Tr>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

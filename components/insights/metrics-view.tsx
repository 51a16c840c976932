import { ChartFrame } from "#components/charts/chart-frame.tsx";
import { DriftDaysChart } from "#components/charts/drift-days.tsx";
import { FINDING_KIND_HINT, FINDING_KIND_WORD } from "#components/drift/words.ts";
import { Figure } from "#components/insights/figure.tsx";
import { counted } from "#components/systems/words.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Spread } from "#lib/insights/figures.ts";
import type { Metrics } from "#lib/insights/metrics.ts";
import { humanDuration } from "#lib/kernel/time.ts";

/** How drift came and went in a period, and how changes fared. `listQuery` narrows the lists that the page leads to. */
export function MetricsView({ metrics, listQuery }: { readonly metrics: Metrics; readonly listQuery: string }) {
  const { drift, delivery } = metrics;
  const opened = drift.days.reduce((sum, day) => sum + day.opened, 0);
  const resolved = drift.days.reduce((sum, day) => sum + day.resolved, 0);
  return (
    <div className="grid gap-4">
      <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <Figure title="Time to detect" value={median(drift.toDetect)}>
          {drift.toDetect
            ? `at most, in the middle of ${counted(drift.toDetect.count, "finding")}; nine in ten within ${humanDuration(drift.toDetect.p90)}.`
            : "No finding of this period has a known beginning."}
          {drift.undated > 0
            ? ` ${counted(drift.undated, "finding")} ${drift.undated === 1 ? "was" : "were"} there when the first report came.`
            : ""}
        </Figure>
        <Figure title="Time to restore" value={median(drift.toRestore)}>
          {drift.toRestore
            ? `in the middle of ${counted(drift.toRestore.count, "finding")} that ended; nine in ten within ${humanDuration(drift.toRestore.p90)}`
            : "No finding ended in this period."}
        </Figure>
        <Figure title="Lead time" value={median(delivery.leadTime)}>
          {delivery.leadTime
            ? `from the request to the last stage, in the middle of ${counted(delivery.leadTime.count, "version")}; nine in ten within ${humanDuration(delivery.leadTime.p90)}`
            : "No version came to the last stage for the first time."}
        </Figure>
        <Figure
          title="Change failure rate"
          value={
            delivery.deployments === 0 ? null : `${Math.round((delivery.failures.any / delivery.deployments) * 100)} %`
          }
        >
          {delivery.deployments === 0
            ? "Nothing was promoted into the last stage."
            : `${delivery.failures.any} of ${counted(delivery.deployments, "promotion")}: ${delivery.failures.rolledBack} rolled back, ${delivery.failures.failed} failed, ${delivery.failures.patched} patched by hand`}
        </Figure>
      </dl>
      <Card labelledBy="drift-days">
        <CardHeader
          title="Drift over time"
          titleId="drift-days"
          description={`${counted(opened, "finding")} opened, ${resolved} resolved`}
        />
        {opened + resolved === 0 ? (
          <EmptyState level={3} title="No finding opened or ended in this period">
            Once runtimes report, what differs from what is declared is counted here, day by day.
          </EmptyState>
        ) : (
          <ChartFrame
            label={`Findings a day: ${opened} opened, ${resolved} resolved. The table below says the same.`}
            legend={
              <>
                <LegendBox className="border-warn-fg bg-diff-removed-word">opened, above the line</LegendBox>
                <LegendBox className="border-info-fg bg-diff-added-word">resolved, below it</LegendBox>
              </>
            }
            table={
              <Table label="Findings a day">
                <TableHead>
                  <Th>Day</Th>
                  <Th end>Opened</Th>
                  <Th end>Resolved</Th>
                </TableHead>
                <TableBody>
                  {drift.days
                    .filter((day) => day.opened + day.resolved > 0)
                    .map((day) => (
                      <Tr key={day.day}>
                        <Td phone="primary">{day.day}</Td>
                        <Td end phone="end">
                          {day.opened}
                          <span className="sm:hidden"> opened</span>
                        </Td>
                        <Td end>
                          {day.resolved}
                          <span className="sm:hidden"> resolved</span>
                        </Td>
                      </Tr>
                    ))}
                </TableBody>
              </Table>
            }
          >
            <DriftDaysChart days={drift.days} />
          </ChartFrame>
        )}
      </Card>
      {drift.kinds.length > 0 ? <Kinds metrics={metrics} listQuery={listQuery} /> : null}
    </div>
  );
}

function median(spread: Spread | null): string | null {
  return spread === null ? null : humanDuration(spread.median);
}

function LegendBox({ className, children }: { readonly className: string; readonly children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-3 rounded-xs border ${className}`} />
      {children}
    </span>
  );
}

function Kinds({ metrics, listQuery }: { readonly metrics: Metrics; readonly listQuery: string }) {
  const most = Math.max(1, ...metrics.drift.kinds.map((kind) => kind.opened));
  return (
    <Card labelledBy="drift-kinds">
      <CardHeader title="Drift by kind" titleId="drift-kinds" />
      <Table label="Drift by kind">
        <TableHead>
          <Th>Kind</Th>
          <Th>Opened</Th>
          <Th end>Resolved</Th>
          <Th end>Not resolved now</Th>
        </TableHead>
        <TableBody>
          {metrics.drift.kinds.map((kind) => {
            const href = `/drift?kind=${kind.kind}&state=any${listQuery}`;
            return (
              <Tr key={kind.kind} href={href}>
                <Td phone="primary">
                  <TextLink quiet href={href} title={FINDING_KIND_HINT[kind.kind]}>
                    {FINDING_KIND_WORD[kind.kind]}
                  </TextLink>
                </Td>
                <Td>
                  <span className="flex items-center gap-2 tabular-nums">
                    <span className="w-8 text-right max-sm:w-auto">{kind.opened}</span>
                    <span className="sm:hidden">opened</span>
                    <span
                      aria-hidden
                      className="h-2 rounded-xs bg-accent max-sm:hidden"
                      style={{ width: `${(kind.opened / most) * 12}rem` }}
                    />
                  </span>
                </Td>
                <Td end className="tabular-nums">
                  {kind.resolved}
                  <span className="sm:hidden"> resolved</span>
                </Td>
                <Td end phone="end" className="tabular-nums">
                  {kind.open}
                  <span className="sm:hidden"> open</span>
                </Td>
              </Tr>
            );
          })}
        </TableBody>
      </Table>
    </Card>
  );
}

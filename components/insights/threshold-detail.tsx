import { ChartFrame, LegendLine } from "#components/charts/chart-frame.tsx";
import { looksOf, measured } from "#components/charts/series.ts";
import { ThresholdChart } from "#components/charts/threshold-chart.tsx";
import { RelaxationMeter } from "#components/insights/relaxation-meter.tsx";
import { settingText, stepText } from "#components/insights/value-words.ts";
import { counted, STRICTNESS_WORD } from "#components/systems/words.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Threshold, ThresholdPlace } from "#lib/insights/threshold-history.ts";

/** One parameter: its declared value over time in every stage, each relaxation with who approved it, and how much of its limit is used. */
export function ThresholdDetail({ threshold, now }: { readonly threshold: Threshold; readonly now: Date }) {
  const { places, unit } = threshold;
  const last = places.at(-1);
  const looks = looksOf(places.length);
  const isTruth = places.some((place) => place.points.some((point) => typeof point.value === "boolean"));
  const baseline = measured(last?.baseline ?? null);
  const relaxations = places.reduce((sum, place) => sum + relaxedPoints(place).length, 0);
  return (
    <Card labelledBy="threshold">
      <CardHeader
        titleId="threshold"
        title={threshold.title}
        description={
          <>
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{threshold.pointer}</code> ·{" "}
            {threshold.bundle.name} · {STRICTNESS_WORD[threshold.strictness].toLowerCase()} · answered for by{" "}
            {threshold.owner}
          </>
        }
      />
      <dl className="flex flex-wrap gap-x-10 gap-y-3 border-b border-border px-4 py-3 text-sm">
        {places.map((place) => (
          <div key={place.environment.slug}>
            <dt className="text-xs text-muted">{place.environment.name}</dt>
            <dd className="flex flex-wrap items-center gap-x-3">
              <span className="font-semibold tabular-nums">{settingText(place.current, unit)}</span>
              <RelaxationMeter relaxed={place.relaxed} limit={threshold.limit} unit={unit} />
            </dd>
          </div>
        ))}
      </dl>
      <ChartFrame
        label={`${threshold.title} over time in ${places.map((place) => place.environment.name).join(", ")}: ${counted(relaxations, "relaxation")}, listed in the table below`}
        legend={
          <>
            {places.map((place, index) => {
              const look = looks[index];
              return look ? (
                <LegendLine key={place.environment.slug} {...look}>
                  {place.environment.name}
                </LegendLine>
              ) : null;
            })}
            <span>△ relaxed</span>
            {places.some((place) => place.patches.length > 0) ? <span>shaded: under a hot-patch</span> : null}
          </>
        }
        table={<History threshold={threshold} now={now} />}
      >
        <ThresholdChart
          now={now.getTime()}
          unit={unit}
          isTruth={isTruth}
          baseline={baseline}
          limit={limitOf(threshold, baseline)}
          patches={(last?.patches ?? []).map((patch) => ({
            label: `HP-${patch.number}`,
            from: patch.from.getTime(),
            to: patch.to.getTime(),
          }))}
          places={places.map((place) => ({
            name: place.environment.name,
            points: place.points.flatMap((point) => {
              const value = measured(point.value);
              return value === null ? [] : [{ at: point.at.getTime(), value, relaxation: point.relaxation }];
            }),
          }))}
        />
      </ChartFrame>
      {last ? <Relaxations place={last} unit={unit} /> : null}
    </Card>
  );
}

/** Each step towards less strict in the last stage, and who let it through. */
function Relaxations({ place, unit }: { readonly place: ThresholdPlace; readonly unit: string | null }) {
  const steps = relaxedPoints(place);
  if (steps.length === 0) return null;
  return (
    <ul
      aria-label={`Relaxations in ${place.environment.name}`}
      className="grid gap-1 border-t border-border px-4 py-3 text-sm"
    >
      {steps.map((step) => (
        <li key={step.snapshot} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <StatusBadge tone="warn">{stepText(step.relaxation ?? 0, unit)}</StatusBadge>
          <span>
            to {settingText(step.value, unit)} in {place.environment.name} on <Time at={step.at} precision="minute" />{" "}
            by{" "}
            <TextLink href={`/changes/${step.change.number}`}>
              {step.change.title} #{step.change.number}
            </TextLink>
            {step.approvedBy.length > 0 ? `, approved by ${step.approvedBy.join(" and ")}` : ", no approval was needed"}
          </span>
        </li>
      ))}
    </ul>
  );
}

function relaxedPoints(place: ThresholdPlace) {
  return place.points.filter((point) => (point.relaxation ?? 0) > 0);
}

/** The value beyond which it may not be relaxed. */
function limitOf({ limit, strictness }: Threshold, baseline: number | null): number | null {
  if (limit === null || baseline === null) return null;
  return Number((strictness === "higher_is_stricter" ? baseline - limit : baseline + limit).toPrecision(12));
}

function History({ threshold, now }: { readonly threshold: Threshold; readonly now: Date }) {
  const { places, unit } = threshold;
  const rows = places
    .flatMap((place) => place.points.map((point) => ({ ...point, environment: place.environment })))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const patches = places.flatMap((place) =>
    place.patches.map((patch) => ({ ...patch, environment: place.environment })),
  );
  return (
    <>
      <Table label={`History of ${threshold.title}`}>
        <TableHead>
          <Th>Since</Th>
          <Th>Environment</Th>
          <Th>Value</Th>
          <Th>What it means</Th>
          <Th>Change request</Th>
          <Th>Approved by</Th>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <Tr key={`${row.environment.slug} ${row.snapshot}`} href={`/changes/${row.change.number}`}>
              <Td phone="secondary" className="whitespace-nowrap">
                <Time at={row.at} now={now} precision="minute" show="both" />
              </Td>
              <Td>{row.environment.name}</Td>
              <Td phone="primary" className="whitespace-nowrap tabular-nums">
                {settingText(row.value, unit)}
              </Td>
              <Td phone="end">
                {row.relaxation === null ? (
                  <span className="text-muted">first value</span>
                ) : row.relaxation > 0 ? (
                  <StatusBadge tone="warn">{stepText(row.relaxation, unit)}</StatusBadge>
                ) : (
                  <span className="text-muted">{stepText(row.relaxation, unit)}</span>
                )}
              </Td>
              <Td phone="full">
                <TextLink quiet href={`/changes/${row.change.number}`}>
                  {row.change.title} <span className="font-normal text-muted">#{row.change.number}</span>
                </TextLink>
              </Td>
              <Td>
                {row.approvedBy.length > 0 ? (
                  row.approvedBy.join(", ")
                ) : (
                  <span className="text-muted">no approval was needed</span>
                )}
              </Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
      {patches.length > 0 ? (
        <ul className="grid gap-1 border-t border-border px-4 py-3 text-sm">
          {patches.map((patch) => (
            <li key={patch.number}>
              <TextLink href={`/hot-patches/${patch.number}`}>HP-{patch.number}</TextLink> set it to{" "}
              {settingText(patch.value, unit)} in {patch.environment.name} from{" "}
              <Time at={patch.from} precision="minute" /> until <Time at={patch.to} precision="minute" /> (
              {patch.incident})
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

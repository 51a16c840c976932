import { measured } from "#components/charts/series.ts";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { RelaxationMeter } from "#components/insights/relaxation-meter.tsx";
import { settingText } from "#components/insights/value-words.ts";
import { cx } from "#components/ui/cx.ts";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Threshold } from "#lib/insights/threshold-history.ts";

/** The name of a threshold in an address. */
export function thresholdKey(threshold: Threshold): string {
  return `${threshold.bundle.slug}${threshold.pointer}`;
}

/** Every parameter with a direction, the one closest to its limit first. */
export function ThresholdTable({
  thresholds,
  chosen,
  hrefOf,
  now,
}: {
  readonly thresholds: readonly Threshold[];
  readonly chosen: string | null;
  readonly hrefOf: (key: string) => string;
  readonly now: Date;
}) {
  const begin = Math.min(
    now.getTime(),
    ...thresholds.flatMap(({ places }) => places.flatMap(({ points }) => points.map((point) => point.at.getTime()))),
  );
  return (
    <Table label="Parameters with a direction">
      <TableHead>
        <Th>Parameter</Th>
        <Th>Over time</Th>
        <Th>Declared in the last stage</Th>
        <Th>Since the accepted baseline</Th>
        <Th>Last relaxed</Th>
      </TableHead>
      <TableBody>
        {thresholds.map((threshold) => {
          const key = thresholdKey(threshold);
          const place = threshold.places.at(-1);
          const relaxed = place?.points.findLast((point) => (point.relaxation ?? 0) > 0);
          return (
            <Tr key={key} href={hrefOf(key)} className={cx(key === chosen && "bg-accent-bg")}>
              <Td phone="primary">
                <TextLink quiet href={hrefOf(key)} scroll={false} aria-current={key === chosen ? "true" : undefined}>
                  {threshold.title}
                </TextLink>
                <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{threshold.pointer}</code>
              </Td>
              <Td phone="hidden">
                <Sparkline
                  from={begin}
                  to={now.getTime()}
                  points={(place?.points ?? []).flatMap((point) => {
                    const value = measured(point.value);
                    return value === null ? [] : [{ at: point.at.getTime(), value }];
                  })}
                />
              </Td>
              <Td phone="end" className="tabular-nums">
                {settingText(place?.current ?? null, threshold.unit)}
              </Td>
              <Td>
                <RelaxationMeter relaxed={place?.relaxed ?? null} limit={threshold.limit} unit={threshold.unit} />
              </Td>
              <Td>
                {relaxed ? (
                  <>
                    <Time at={relaxed.at} now={now} show="relative" />{" "}
                    <TextLink quiet href={`/changes/${relaxed.change.number}`} title={relaxed.change.title}>
                      #{relaxed.change.number}
                    </TextLink>
                  </>
                ) : (
                  <span className="text-muted">never</span>
                )}
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}

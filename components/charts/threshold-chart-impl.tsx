"use client";

import { useSyncExternalStore } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { looksOf } from "#components/charts/series.ts";
import { utcTime } from "#components/ui/relative-time.ts";

export type ChartPlace = {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: number; readonly relaxation: number | null }[];
};

export type ThresholdChartProps = {
  readonly places: readonly ChartPlace[];
  readonly patches: readonly { readonly label: string; readonly from: number; readonly to: number }[];
  /** What relaxations are counted from, in the last stage; null: nothing. */
  readonly baseline: number | null;
  /** The value beyond which it may not be relaxed; null: no limit. */
  readonly limit: number | null;
  readonly isTruth: boolean;
  readonly unit: string | null;
  readonly now: number;
};

const REDUCED = "(prefers-reduced-motion: reduce)";
const listenToMotion = (changed: () => void) => {
  const query = matchMedia(REDUCED);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
};

type Row = { at: number } & Record<string, number>;

/** Every moment at which some stage changed, with what each stage had then. */
function rowsOf(places: readonly ChartPlace[], now: number): Row[] {
  const moments = [...new Set([...places.flatMap((place) => place.points.map((point) => point.at)), now])].sort(
    (a, b) => a - b,
  );
  return moments.map((at) => {
    const row: Row = { at };
    for (const [index, place] of places.entries()) {
      const point = place.points.findLast((one) => one.at <= at);
      if (point) row[`stage${index}`] = point.value;
    }
    return row;
  });
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const AXIS = { fontSize: 11, fill: "var(--muted)" } as const;

/** What each stage declared over time as steps, relaxations as triangles, hot-patches as shades, and the limit. */
export default function ThresholdChartImpl({
  places,
  patches,
  baseline,
  limit,
  isTruth,
  unit,
  now,
}: ThresholdChartProps) {
  const isStill = useSyncExternalStore(
    listenToMotion,
    () => matchMedia(REDUCED).matches,
    () => true,
  );
  const rows = rowsOf(places, now);
  const looks = looksOf(places.length);
  const first = rows[0]?.at ?? now;
  const shownValue = (value: number) => (isTruth ? (value === 0 ? "off" : "on") : `${value}${unit ? ` ${unit}` : ""}`);
  return (
    <ResponsiveContainer width="100%" height={288}>
      <LineChart data={rows} margin={{ top: 16, right: 24, bottom: 4, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[first, now]}
          tickFormatter={day}
          minTickGap={48}
          stroke="var(--border-strong)"
          tick={AXIS}
        />
        <YAxis
          domain={isTruth ? [-0.2, 1.2] : ["auto", "auto"]}
          padding={{ top: 12, bottom: 12 }}
          {...(isTruth ? { ticks: [0, 1] } : {})}
          tickFormatter={(value: number) => (isTruth ? shownValue(value) : String(Number(value.toPrecision(4))))}
          width={56}
          stroke="var(--border-strong)"
          tick={AXIS}
        />
        {patches.map((patch) => (
          <ReferenceArea
            key={patch.label}
            x1={Math.max(patch.from, first)}
            x2={Math.min(patch.to, now)}
            fill="var(--warn-border)"
            fillOpacity={0.45}
            label={{ value: patch.label, position: "insideTop", fontSize: 11, fill: "var(--text)" }}
          />
        ))}
        {baseline === null ? null : (
          <ReferenceLine
            y={baseline}
            ifOverflow="extendDomain"
            stroke="var(--field)"
            strokeDasharray="3 3"
            label={{ value: "accepted baseline", position: "insideBottomLeft", fontSize: 11, fill: "var(--muted)" }}
          />
        )}
        {limit === null ? null : (
          <ReferenceLine
            y={limit}
            ifOverflow="extendDomain"
            stroke="var(--danger-fg)"
            strokeDasharray="8 3"
            label={{ value: "limit", position: "insideTopLeft", fontSize: 11, fill: "var(--danger-fg)" }}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          labelFormatter={(at) => utcTime(new Date(Number(at)), "minute")}
          formatter={(value) => shownValue(Number(value))}
          contentStyle={{
            background: "var(--surface)",
            border: "1px solid var(--border-strong)",
            borderRadius: 6,
            fontSize: 12,
          }}
          itemStyle={{ color: "var(--text)", padding: 0 }}
          labelStyle={{ color: "var(--muted)" }}
        />
        {places.map((place, index) => (
          <Line
            key={place.name}
            name={place.name}
            dataKey={`stage${index}`}
            type="stepAfter"
            stroke={looks[index]?.stroke}
            strokeDasharray={looks[index]?.dash}
            strokeWidth={looks[index]?.width}
            dot={false}
            isAnimationActive={!isStill}
            animationDuration={200}
          />
        ))}
        {places.flatMap((place, index) =>
          place.points
            .filter((point) => (point.relaxation ?? 0) > 0)
            .map((point) => (
              <ReferenceDot
                key={`${place.name} ${point.at}`}
                x={point.at}
                y={point.value}
                shape={({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) => (
                  <path
                    d={`M${cx} ${cy - 7} L${cx + 6.5} ${cy + 5} L${cx - 6.5} ${cy + 5} Z`}
                    fill="var(--surface)"
                    stroke={looks[index]?.stroke}
                    strokeWidth={2}
                  />
                )}
              />
            )),
        )}
      </LineChart>
    </ResponsiveContainer>
  );
}

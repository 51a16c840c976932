"use client";

import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

export type DriftDaysProps = {
  readonly days: readonly { readonly day: string; readonly opened: number; readonly resolved: number }[];
};

const AXIS = { fontSize: 11, fill: "var(--muted)" } as const;

/** Findings of each day: those that began above the line, those that ended below it. */
export default function DriftDaysImpl({ days }: DriftDaysProps) {
  const rows = days.map((day) => ({ day: day.day, opened: day.opened, resolved: -day.resolved }));
  return (
    <ResponsiveContainer width="100%" height={240}>
      <BarChart
        data={rows}
        stackOffset="sign"
        margin={{ top: 12, right: 16, bottom: 4, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis dataKey="day" minTickGap={40} stroke="var(--border-strong)" tick={AXIS} />
        <YAxis
          allowDecimals={false}
          tickFormatter={(value: number) => String(Math.abs(value))}
          width={36}
          stroke="var(--border-strong)"
          tick={AXIS}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          formatter={(value) => Math.abs(Number(value))}
          contentStyle={{
            background: "var(--surface)",
            border: "1px solid var(--border-strong)",
            borderRadius: 6,
            fontSize: 12,
          }}
          itemStyle={{ color: "var(--text)", padding: 0 }}
          labelStyle={{ color: "var(--muted)" }}
        />
        <ReferenceLine y={0} stroke="var(--field)" />
        <Bar
          dataKey="opened"
          name="opened"
          stackId="findings"
          fill="var(--diff-removed-word)"
          stroke="var(--warn-fg)"
          isAnimationActive={false}
        />
        <Bar
          dataKey="resolved"
          name="resolved"
          stackId="findings"
          fill="var(--diff-added-word)"
          stroke="var(--info-fg)"
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

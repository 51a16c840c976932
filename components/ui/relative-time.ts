const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  { from: 365 * DAY, unit: 365 * DAY, name: "y" },
  { from: 60 * DAY, unit: 30 * DAY, name: "mo" },
  { from: DAY, unit: DAY, name: "d" },
  { from: HOUR, unit: HOUR, name: "h" },
  { from: MINUTE, unit: MINUTE, name: "min" },
] as const;

/** How long ago, or in how long, in the largest unit that fits, rounded down: `9 h ago`, `in 3 d`, `just now`. */
export function relativeTime(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  const size = Math.abs(distance);
  const step = STEPS.find((candidate) => size >= candidate.from);
  if (!step) return distance > 0 ? "in a moment" : "just now";
  const amount = `${Math.floor(size / step.unit)} ${step.name}`;
  return distance > 0 ? `in ${amount}` : `${amount} ago`;
}

export type Precision = "second" | "minute" | "day";

const LENGTH: Readonly<Record<Precision, number>> = { second: 19, minute: 16, day: 10 };

/** Date and time in UTC, zone always written: `2026-11-22 14:03:05 UTC`; a day stands without a zone's clock. */
export function utcTime(at: Date, precision: Precision = "second"): string {
  const text = at.toISOString().slice(0, LENGTH[precision]).replace("T", " ");
  return precision === "day" ? text : `${text} UTC`;
}

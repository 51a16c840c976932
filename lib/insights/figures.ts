/** A length of time as a distribution: how many, the middle one, and what nine in ten stay within. Milliseconds. */
export type Spread = { readonly count: number; readonly median: number; readonly p90: number };

/** Null where there is nothing to speak of. Percentiles are the nearest rank (the value that was measured, never between two). */
export function spreadOf(lengths: readonly number[]): Spread | null {
  if (lengths.length === 0) return null;
  const sorted = [...lengths].sort((a, b) => a - b);
  return { count: sorted.length, median: nearestRank(sorted, 0.5), p90: nearestRank(sorted, 0.9) };
}

function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Days in UTC as `2026-11-22`, both ends included, oldest first. */
export function daysBetween(from: Date, to: Date): readonly string[] {
  const days: string[] = [];
  for (let at = startOfDay(from); at <= to.getTime(); at += DAY) days.push(dayOf(new Date(at)));
  return days;
}

const DAY = 86_400_000;

function startOfDay(date: Date): number {
  return Math.floor(date.getTime() / DAY) * DAY;
}

/** The day of a moment in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The first moment of a period of so many days that ends today. */
export function beginOf(days: number, now: Date): Date {
  return new Date(startOfDay(now) - (days - 1) * DAY);
}

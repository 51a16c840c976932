const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  { name: "day", length: day },
  { name: "hour", length: hour },
  { name: "minute", length: minute },
  { name: "second", length: second },
] as const;

/**
 * A length of time in people's words, at most two units, rounded down: `2 hours 5 minutes`, `3 days`,
 * `less than a second`. Milliseconds in; the sign is ignored.
 */
export function humanDuration(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  const largest = units.findIndex((unit) => length >= unit.length);
  if (largest === -1) return "less than a second";
  let rest = length;
  const parts: string[] = [];
  for (const unit of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / unit.length);
    rest -= count * unit.length;
    if (count > 0) parts.push(counted(count, unit.name));
  }
  return parts.join(" ");
}

/** How far `then` is from `now`, in its largest unit, rounded down: `just now`, `5 minutes ago`, `in 3 days`. */
export function relativeTime(then: Date, now: Date): string {
  const distance = then.getTime() - now.getTime();
  const length = Math.abs(distance);
  const unit = units.find((candidate) => length >= candidate.length);
  if (!unit || length < 10 * second) return "just now";
  const words = counted(Math.floor(length / unit.length), unit.name);
  return distance < 0 ? `${words} ago` : `in ${words}`;
}

/** A moment as evidence shows it: `2026-11-22 14:05 UTC`, with `seconds` `2026-11-22 14:05:09 UTC`. */
export function formatUtc(date: Date, options: { readonly seconds?: boolean } = {}): string {
  const iso = date.toISOString();
  return `${iso.slice(0, -14)} ${iso.slice(-13, options.seconds ? -5 : -8)} UTC`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

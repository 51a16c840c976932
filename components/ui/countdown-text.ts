const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** calm: plenty of time · soon: the last quarter of it, or the last quarter of an hour · over: it has passed */
export type CountdownPhase = "calm" | "soon" | "over";

/** Seconds are shown below this. */
export const COUNTS_SECONDS_BELOW = 5 * MINUTE;

/** What is left in at most two units, rounded down: `1 h 20 min left`, `4 min 09 s left`, `overdue by 2 d 3 h`. */
export function countdownText(until: Date, now: Date): string {
  const left = until.getTime() - now.getTime();
  const words = lengthText(Math.abs(left));
  return left > 0 ? `${words} left` : `overdue by ${words}`;
}

function lengthText(length: number): string {
  if (length >= DAY) return two(length, [DAY, "d"], [HOUR, "h"]);
  if (length >= HOUR) return two(length, [HOUR, "h"], [MINUTE, "min"]);
  if (length >= COUNTS_SECONDS_BELOW) return `${Math.floor(length / MINUTE)} min`;
  const minutes = Math.floor(length / MINUTE);
  const seconds = Math.floor((length % MINUTE) / SECOND);
  return minutes > 0 ? `${minutes} min ${String(seconds).padStart(2, "0")} s` : `${seconds} s`;
}

type Unit = readonly [length: number, name: string];

function two(length: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((length % large) / small);
  const first = `${Math.floor(length / large)} ${largeName}`;
  return rest > 0 ? `${first} ${rest} ${smallName}` : first;
}

/** The same in whole minutes, for places that must not change every second. */
export function minutesLeftText(until: Date, now: Date): string {
  const left = until.getTime() - now.getTime();
  if (Math.abs(left) >= COUNTS_SECONDS_BELOW) return countdownText(until, now);
  const minutes = Math.floor(Math.abs(left) / MINUTE);
  const words = minutes === 0 ? "under a minute" : `${minutes} min`;
  return left > 0 ? `${words} left` : `overdue by ${words}`;
}

/** How urgent it is. `from`: when the time began; without it only the last quarter of an hour is soon. */
export function countdownPhase(until: Date, now: Date, from?: Date): CountdownPhase {
  const left = until.getTime() - now.getTime();
  if (left <= 0) return "over";
  const whole = from ? until.getTime() - from.getTime() : 0;
  return left <= 15 * MINUTE || left <= whole / 4 ? "soon" : "calm";
}

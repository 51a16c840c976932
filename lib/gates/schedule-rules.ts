import type { ChangeRequest } from "#lib/reviews/model.ts";

/** Whether this is the schedule that was seen, and its time has come. */
export function isDue(request: ChangeRequest, seen: Date, now: Date): boolean {
  return request.scheduleState === "scheduled" && request.scheduledFor?.getTime() === seen.getTime() && seen <= now;
}

/** After so many attempts that failed for technical reasons a person has to look. */
export const MOST_ATTEMPTS = 10;
const LONGEST_PAUSE_MINUTES = 30;

/** When the next attempt is due after the n-th failed one: 1 · 2^(n-1) minutes, at most 30. */
export function nextAttempt(failed: number, now: Date): Date {
  const minutes = Math.min(2 ** (failed - 1), LONGEST_PAUSE_MINUTES);
  return new Date(now.getTime() + minutes * 60_000);
}

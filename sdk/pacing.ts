/** How patient a client is. The defaults fit real networks; tests are in more of a hurry. */
export type Pace = {
  /** Between the first failure and the next attempt, at most. */
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** A stream without a sign of life for this long is dead. */
  readonly silenceMs: number;
};

export const PACE: Pace = { firstBackoffMs: 500, longestBackoffMs: 60_000, silenceMs: 45_000 };

/** A server may ask for as much patience as this, not for more. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Exponential backoff with full jitter: anything between nothing and the ceiling, which doubles with each failed
 * attempt, so that many clients that failed together do not come back together.
 */
export function backoff(pace: Pace, failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(pace.longestBackoffMs, pace.firstBackoffMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(ceiling * random());
}

/** How long `Retry-After` (RFC 9110 §10.2.3: seconds, or a date) asks to wait; undefined: it does not. */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { Operation } from "#lib/systems/model.ts";
import { type HotPatch, type IncidentLevel, LIMITS, type Warning } from "./model.ts";

const MINUTE = 60_000;

/** What shortened the time that was asked for; null: nothing did. */
export type TimeLimit = "policy" | "level" | "ceiling";
export type TimeToLive = {
  readonly minutes: number;
  readonly expiresAt: Date;
  readonly limitedBy: TimeLimit | null;
};

export type TimeQuestion = {
  /** Minutes; absent: what policy gives by default. */
  readonly asked?: number;
  readonly level: IncidentLevel;
  readonly policy: Pick<Operation["hotPatch"], "defaultMinutes" | "maxMinutes">;
  /** From when on it counts. */
  readonly from: Date;
  readonly ceilingAt: Date;
};

/** No patch is in force after this. */
export function ceilingOf(filedAt: Date): Date {
  return new Date(filedAt.getTime() + LIMITS.ceilingHours * 60 * MINUTE);
}

/** How long a patch is given: the least of what is asked, what policy and level allow, and what the ceiling leaves. */
export function timeToLive({ asked, level, policy, from, ceilingAt }: TimeQuestion): TimeToLive {
  const wanted = asked ?? policy.defaultMinutes;
  const limits: readonly (readonly [TimeLimit | null, number])[] = [
    [null, wanted],
    ["policy", policy.maxMinutes],
    ["level", level === "sev1" ? LIMITS.sev1Minutes : Number.POSITIVE_INFINITY],
    ["ceiling", (ceilingAt.getTime() - from.getTime()) / MINUTE],
  ];
  const [limitedBy, minutes] = limits.reduce((least, one) => (one[1] < least[1] ? one : least));
  return { minutes, expiresAt: new Date(from.getTime() + minutes * MINUTE), limitedBy };
}

/** The end after an extension, which counts from now. @throws Refusal `conflict` when it would be no later than before */
export function extendedUntil(patch: HotPatch, question: Omit<TimeQuestion, "level" | "ceilingAt">): TimeToLive {
  const time = timeToLive({ ...question, level: patch.incidentLevel, ceilingAt: patch.ceilingAt });
  if (time.expiresAt.getTime() > patch.expiresAt.getTime()) return time;
  const why =
    time.limitedBy === "ceiling"
      ? `no patch goes past ${LIMITS.ceilingHours} h from its filing, ${formatUtc(patch.ceilingAt)}`
      : "an extension counts from now, so ask for more minutes";
  throw new Refusal("conflict", `HP-${patch.number} lasts until ${formatUtc(patch.expiresAt)} already: ${why}`);
}

/** The warnings whose time has come and that did not go out, the most urgent last. None once it is over. */
export function warningsDue(
  patch: Pick<HotPatch, "activatedAt" | "expiresAt" | "extensions" | "warned" | "state">,
  now: Date,
): readonly Warning[] {
  const end = patch.expiresAt.getTime();
  const extended = patch.extensions.at(-1)?.at;
  const start = extended === undefined ? patch.activatedAt?.getTime() : Date.parse(extended);
  if (patch.state !== "active" || start === undefined || end <= now.getTime()) return [];
  const times: readonly (readonly [Warning, number])[] = [
    ["half_time", start + (end - start) / 2],
    ["one_hour", end - 60 * MINUTE],
    ["fifteen_minutes", end - 15 * MINUTE],
  ];
  return times
    .filter(([name, at]) => at > start && at <= now.getTime() && !patch.warned.includes(name))
    .sort((a, b) => a[1] - b[1])
    .map(([name]) => name);
}

/**
 * Which page about something overdue it is time for, counted from 0: every half hour for a day, then one a day, for a
 * month. Null: not overdue, or a month has gone. Pages that an outage swallowed are not made up for.
 */
export function pageDue(dueAt: Date, now: Date): number | null {
  const late = now.getTime() - dueAt.getTime();
  if (late < 0) return null;
  const page = Math.floor(late / (LIMITS.pageMinutes * MINUTE));
  if (page < LIMITS.pagesADay) return page;
  const days = Math.floor(page / LIMITS.pagesADay);
  return days <= LIMITS.pageDays ? LIMITS.pagesADay + days - 1 : null;
}

import { Cron } from "croner";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { FreezeKind } from "#lib/releases/model.ts";

export type FreezeWindow = {
  readonly id: string;
  readonly name: string;
  readonly kind: FreezeKind;
  /** When it opens: five-field cron, read in `timeZone`. */
  readonly cron: string;
  readonly durationMinutes: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Slugs; empty: every one. */
  readonly systems: readonly string[];
  readonly environments: readonly string[];
  readonly reason: string;
  /** After this it no longer counts. */
  readonly endsAt: Date | null;
};

export type Opening = { readonly from: Date; readonly until: Date };

/** A change may take effect now, or not, and why. */
export type FreezeVerdict = {
  readonly isAllowed: boolean;
  readonly reason: string;
  /** The windows that decided. */
  readonly windows: readonly { readonly window: FreezeWindow; readonly opening: Opening | null }[];
  /** When the answer may change by itself; null: not by itself. */
  readonly changesAt: Date | null;
};

/** @throws Refusal `invalid` naming the field, when the schedule or the time zone cannot be read */
export function assertSchedule(cron: string, timeZone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone });
  } catch {
    const message = `There is no time zone ${timeZone}; use an IANA name such as Europe/Zurich`;
    throw new Refusal("invalid", message, { fields: { timeZone: [message] } });
  }
  try {
    scheduleOf(cron, timeZone);
  } catch {
    const message = "Give five fields: minute, hour, day of month, month, day of week, for example 0 18 * * 5";
    throw new Refusal("invalid", `The start cannot be read: ${message}`, { fields: { cron: [message] } });
  }
}

function scheduleOf(cron: string, timeZone: string): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true, mode: "5-part" });
}

const MINUTE = 60_000;

/** The newest opening that contains `now`, or null. An opening lasts its duration in real minutes, whatever the clocks do. */
export function openingAt(window: FreezeWindow, now: Date): Opening | null {
  const duration = window.durationMinutes * MINUTE;
  const schedule = scheduleOf(window.cron, window.timeZone);
  // croner looks strictly after its reference, to the second: a window that opened exactly one duration ago has closed.
  let start = schedule.nextRun(new Date(now.getTime() - duration));
  if (!start || start > now) return null;
  // The newest start is found by halving what lies between one and now: a window may open every minute for a month.
  let beyond = now.getTime();
  while (beyond - start.getTime() >= MINUTE) {
    const middle = (start.getTime() + beyond) / 2;
    const next = schedule.nextRun(new Date(middle));
    if (next && next <= now) start = next;
    else beyond = middle;
  }
  return { from: start, until: new Date(start.getTime() + duration) };
}

function concerns(
  window: FreezeWindow,
  target: { readonly system: string; readonly environment: string },
  now: Date,
): boolean {
  if (window.endsAt && window.endsAt <= now) return false;
  const inSystem = window.systems.length === 0 || window.systems.includes(target.system);
  const inEnvironment = window.environments.length === 0 || window.environments.includes(target.environment);
  return inSystem && inEnvironment;
}

/**
 * Whether a change may take effect in the environment now. An open deny window refuses; where allow windows are
 * defined, one must be open; without any window everything is allowed.
 */
export function freezeVerdict(
  windows: readonly FreezeWindow[],
  target: { readonly system: string; readonly environment: string },
  now: Date,
): FreezeVerdict {
  const relevant = windows
    .filter((window) => concerns(window, target, now))
    .map((window) => ({ window, opening: openingAt(window, now) }));
  const denying = relevant.filter(({ window, opening }) => window.kind === "deny" && opening);
  if (denying.length > 0) {
    const until = new Date(Math.max(...denying.map(({ opening }) => opening?.until.getTime() ?? 0)));
    const names = denying.map(({ window }) => `${window.name} (${window.reason})`).join(", ");
    return { isAllowed: false, reason: `Frozen by ${names}`, windows: denying, changesAt: until };
  }
  const allowing = relevant.filter(({ window }) => window.kind === "allow");
  if (allowing.length === 0)
    return { isAllowed: true, reason: "No freeze window is open", windows: [], changesAt: null };
  const open = allowing.filter(({ opening }) => opening);
  if (open.length > 0) {
    const until = new Date(Math.max(...open.map(({ opening }) => opening?.until.getTime() ?? 0)));
    return {
      isAllowed: true,
      reason: `Inside ${open.map(({ window }) => window.name).join(", ")}`,
      windows: open,
      changesAt: until,
    };
  }
  const nexts = allowing.flatMap(({ window }) => scheduleOf(window.cron, window.timeZone).nextRun(now) ?? []);
  const next = nexts.length > 0 ? new Date(Math.min(...nexts.map((one) => one.getTime()))) : null;
  return {
    isAllowed: false,
    reason: `Changes here are allowed only inside ${allowing.map(({ window }) => window.name).join(" or ")}`,
    windows: allowing,
    changesAt: next,
  };
}

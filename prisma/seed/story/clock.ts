import { TIME_ZONE } from "../people.ts";
import type { At } from "./step.ts";

export const WORKING_DAYS = 40;
const DAY_MS = 86_400_000;
/** The data was written for a history that ends on this Friday; dates in it move along in whole weeks. */
const WRITTEN_FOR = Date.parse("2026-11-20T00:00:00Z");
/** Some time after the last deed of a day, so that what happened an hour before now happened after it. */
const END_OF_WORK = "19:30";

export type Clock = {
  readonly momentOf: (at: At) => Date;
  /** Ten in the morning of the first working day after now. */
  readonly nextMorning: Date;
  /** The text with the last days of flags and experiments moved to the time of the history. */
  readonly shiftDates: (text: string) => string;
};

/** A history that ends with the last working day that is over at `now`. */
export function clockFor(now: Date): Clock {
  const today = localDate(now);
  const isOver = localTime(now) >= END_OF_WORK;
  const days: string[] = [];
  for (let date = isOver ? today : addDays(today, -1); days.length < WORKING_DAYS; date = addDays(date, -1)) {
    if (isWorkingDay(date)) days.unshift(date);
  }
  let morning = addDays(today, 1);
  while (!isWorkingDay(morning)) morning = addDays(morning, 1);
  const weeks = Math.max(0, Math.floor((now.getTime() - WRITTEN_FOR) / (7 * DAY_MS)));
  return {
    momentOf: (at) => {
      const [day = "", time = ""] = at.split(" ");
      if (day === "now") return new Date(now.getTime() - minutesBefore(time) * 60_000);
      const date = days[Number(day) - 1];
      if (date === undefined || !/^\d{2}:\d{2}$/.test(time))
        throw new Error(`"${at}" is not a day from 1 to 40 and a time`);
      return instantOf(date, time);
    },
    nextMorning: instantOf(morning, "10:00"),
    shiftDates: (text) =>
      text.replace(
        /\b((?:expires|ends): ")(\d{4}-\d{2}-\d{2})"/g,
        (_, key, date) => `${key}${addDays(date, weeks * 7)}"`,
      ),
  };
}

/** Of `-01:10`: 70. */
export function minutesBefore(time: string): number {
  const [, hours = "0", minutes = "0"] = /^-(\d{2}):(\d{2})$/.exec(time) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

const inZone = new Intl.DateTimeFormat("sv-SE", { timeZone: TIME_ZONE, dateStyle: "short", timeStyle: "short" });

function localDate(moment: Date): string {
  return inZone.format(moment).slice(0, 10);
}

function localTime(moment: Date): string {
  return inZone.format(moment).slice(11, 16);
}

/** The moment that clocks in the zone show as this; the zone is never a day away from UTC. */
function instantOf(date: string, time: string): Date {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const shown = Date.parse(`${inZone.format(new Date(asUtc)).replace(" ", "T")}:00Z`);
  return new Date(asUtc - (shown - asUtc));
}

import { describe, expect, test } from "vitest";
import { formatUtc, humanDuration, relativeTime } from "./time.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, "less than a second"],
  [999, "less than a second"],
  [second, "1 second"],
  [59 * second + 999, "59 seconds"],
  [minute, "1 minute"],
  [90 * second, "1 minute 30 seconds"],
  [4 * hour, "4 hours"],
  [2 * hour + 5 * minute + 59 * second, "2 hours 5 minutes"],
  [day + 3 * hour, "1 day 3 hours"],
  [day + 59 * minute, "1 day"],
  [100 * day, "100 days"],
  [-minute, "1 minute"],
])("%i ms is %s", (milliseconds, words) => {
  expect(humanDuration(milliseconds)).toBe(words);
});

describe("relative time", () => {
  const now = new Date("2026-11-22T14:05:09.123Z");
  test.each([
    [0, "just now"],
    [-9 * second, "just now"],
    [9 * second, "just now"],
    [-10 * second, "10 seconds ago"],
    [-minute, "1 minute ago"],
    [-59 * minute - 59 * second, "59 minutes ago"],
    [-3 * hour, "3 hours ago"],
    [-40 * day, "40 days ago"],
    [4 * hour + minute, "in 4 hours"],
    [day, "in 1 day"],
  ])("%i ms from now is %s", (distance, words) => {
    expect(relativeTime(new Date(now.getTime() + distance), now)).toBe(words);
  });
});

test.each([
  ["2026-11-22T14:05:09.999Z", "2026-11-22 14:05 UTC", "2026-11-22 14:05:09 UTC"],
  ["2026-11-22T23:30:00-05:00", "2026-11-23 04:30 UTC", "2026-11-23 04:30:00 UTC"],
])("%s as evidence shows it", (moment, short, long) => {
  expect(formatUtc(new Date(moment))).toBe(short);
  expect(formatUtc(new Date(moment), { seconds: true })).toBe(long);
});

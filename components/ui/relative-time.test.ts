import { expect, test } from "vitest";
import { relativeTime, utcTime } from "#components/ui/relative-time.ts";

const now = new Date("2026-11-22T14:03:05.900Z");

test.each([
  ["the same moment", 0, "just now"],
  ["seconds ago", -40_000, "just now"],
  ["seconds ahead", 40_000, "in a moment"],
  ["a minute and a half ago", -90_000, "1 min ago"],
  ["nine hours and 59 minutes ago", -(9 * 60 + 59) * 60_000, "9 h ago"],
  ["three days ahead", 3 * 86_400_000, "in 3 d"],
  ["59 days ago", -59 * 86_400_000, "59 d ago"],
  ["90 days ago", -90 * 86_400_000, "3 mo ago"],
  ["two years ago", -731 * 86_400_000, "2 y ago"],
])("%s", (_, distance, said) => {
  expect(relativeTime(new Date(now.getTime() + distance), now)).toBe(said);
});

test("a time is written in UTC with its zone, as precisely as asked", () => {
  expect(utcTime(now)).toBe("2026-11-22 14:03:05 UTC");
  expect(utcTime(now, "minute")).toBe("2026-11-22 14:03 UTC");
  expect(utcTime(now, "day")).toBe("2026-11-22");
});

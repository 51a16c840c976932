import fc from "fast-check";
import { expect, test } from "vitest";
import { beginOf, dayOf, daysBetween, spreadOf } from "#lib/insights/figures.ts";

test.each([
  ["nothing", [], null],
  ["one length", [5], { count: 1, median: 5, p90: 5 }],
  ["an even number", [4, 1, 3, 2], { count: 4, median: 2, p90: 4 }],
  ["ten", [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], { count: 10, median: 5, p90: 9 }],
])("the spread of %s", (_, lengths, spread) => {
  expect(spreadOf(lengths)).toEqual(spread);
});

test("the middle and nine in ten are lengths that were measured, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (lengths) => {
      const spread = spreadOf(lengths);
      expect(lengths).toContain(spread?.median);
      expect(lengths).toContain(spread?.p90);
      expect(spread?.p90).toBeGreaterThanOrEqual(spread?.median ?? 0);
      expect(lengths.filter((one) => one <= (spread?.median ?? 0)).length * 2).toBeGreaterThanOrEqual(lengths.length);
    }),
  );
});

test("a period of days ends today and has so many days", () => {
  const now = new Date("2026-11-22T23:59:59.999Z");
  expect(daysBetween(beginOf(3, now), now)).toEqual(["2026-11-20", "2026-11-21", "2026-11-22"]);
  expect(dayOf(beginOf(1, now))).toBe("2026-11-22");
});

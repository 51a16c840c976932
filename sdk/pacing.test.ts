import fc from "fast-check";
import { expect, test } from "vitest";
import { backoff, PACE, retryAfterMs } from "./pacing.ts";

test("the ceiling of the wait doubles with each failure, up to a minute", () => {
  const ceilings = [1, 2, 3, 4, 7, 8, 1000].map((failures) => backoff(PACE, failures, () => 1));
  expect(ceilings).toEqual([500, 1000, 2000, 4000, 32_000, 60_000, 60_000]);
});

test("the wait is anything below the ceiling: who failed together does not come back together", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const wait = backoff(PACE, failures, () => random);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(backoff(PACE, failures, () => 1));
    }),
  );
  expect(backoff(PACE, 4, () => 0)).toBe(0);
});

test.each<[string | null, number | undefined]>([
  [null, undefined],
  ["120", 120_000],
  ["0", 0],
  ["Wed, 01 Jul 2026 12:00:30 GMT", 30_000],
  ["Wed, 01 Jul 2026 11:00:00 GMT", 0],
  ["Thu, 01 Jul 2027 12:00:00 GMT", 3_600_000],
  ["99999999", 3_600_000],
  ["soon", undefined],
])("Retry-After: %s", (header, wait) => {
  expect(retryAfterMs(header, new Date("2026-07-01T12:00:00Z"))).toBe(wait);
});

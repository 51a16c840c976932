import { describe, expect, test } from "vitest";
import { assertExpiry, assertNotEnded, assertPattern, attentionOf } from "./rules.ts";

const now = new Date("2026-11-22T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

describe("patterns", () => {
  test.each(["/a", "/telemetry/*", "/cache/**", "/*/enabled"])("%s names something", (pattern) => {
    expect(() => assertPattern(pattern)).not.toThrow();
  });
  test.each([
    ["", "everything"],
    ["/**", "everything"],
    ["/*", "everything"],
    ["/*/**", "everything"],
    ["telemetry", "JSON Pointer"],
    ["/a/**/b", "last segment"],
  ])("%s is refused", (pattern, because) => {
    expect(() => assertPattern(pattern)).toThrow(because);
  });
});

describe("an expiry", () => {
  test.each([1 / 24, 180])("in %s days is taken", (days) => {
    expect(() => assertExpiry(inDays(days), now)).not.toThrow();
  });
  test.each([
    [0, "still to come"],
    [-1, "still to come"],
    [180.01, "at most 180 days; choose 2027-05-21 or earlier"],
  ])("in %s days is refused", (days, because) => {
    expect(() => assertExpiry(inDays(days), now)).toThrow(because);
  });
});

test("a rule that was ended stays ended", () => {
  expect(() => assertNotEnded({ endedAt: now })).toThrow("add another one");
  expect(() => assertNotEnded({ endedAt: null })).not.toThrow();
});

describe("a rule asks to be removed", () => {
  const rule = { createdAt: inDays(-60), expiresAt: inDays(10), endedAt: null, lastHitAt: inDays(-1) };
  test.each([
    ["not while it hides something", {}, null],
    ["not in its first days", { createdAt: inDays(-29), lastHitAt: null }, null],
    ["not once it was ended", { endedAt: now, lastHitAt: null }, null],
    [
      "when it never hid anything",
      { lastHitAt: null },
      "It has hidden nothing in the 60 days since it was added: end it",
    ],
    ["when it has hidden nothing for long", { lastHitAt: inDays(-31) }, "It has hidden nothing for 31 days: end it"],
    [
      "when it expired",
      { expiresAt: now },
      "It expired on 2026-11-22 12:00 UTC and hides nothing any more: end it, or extend it with a reason",
    ],
  ])("%s", (_, difference, expected) => {
    expect(attentionOf({ ...rule, ...difference }, now)).toBe(expected);
  });
});

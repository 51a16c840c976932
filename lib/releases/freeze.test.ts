import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assertSchedule, type FreezeWindow, freezeVerdict, openingAt } from "#lib/releases/freeze.ts";

function aWindow(over: Partial<FreezeWindow> = {}): FreezeWindow {
  return {
    id: "w",
    name: "Weekend",
    kind: "deny",
    cron: "0 18 * * 5",
    durationMinutes: 60 * 62,
    timeZone: "Europe/Zurich",
    systems: [],
    environments: [],
    reason: "nobody is on call",
    endsAt: null,
    ...over,
  };
}

const production = { system: "support-assistant", environment: "production" };
const at = (text: string) => new Date(text);

describe("a window from Friday 18:00 in Zurich, for 62 hours", () => {
  test.each([
    ["a minute before it opens", "2026-11-20T16:59:00Z", false],
    ["as it opens", "2026-11-20T17:00:00Z", true],
    ["on Sunday", "2026-11-22T12:00:00Z", true],
    ["a minute before it closes", "2026-11-23T06:59:00Z", true],
    ["as it closes", "2026-11-23T07:00:00Z", false],
    ["on Wednesday", "2026-11-25T12:00:00Z", false],
    ["as it opens in summer, an hour earlier in UTC", "2026-07-24T16:00:00Z", true],
    ["a minute earlier in summer", "2026-07-24T15:59:00Z", false],
    ["on the night the clocks go forward, 62 real hours later", "2026-03-30T06:59:00Z", true],
    ["a minute past those 62 real hours", "2026-03-30T07:00:00Z", false],
  ])("%s", (_, now, isOpen) => {
    expect(openingAt(aWindow(), at(now)) !== null).toBe(isOpen);
  });
});

test.each([
  ["no window at all", [], "2026-11-22T12:00:00Z", true],
  ["an open deny window", [aWindow()], "2026-11-22T12:00:00Z", false],
  ["a closed deny window", [aWindow()], "2026-11-25T12:00:00Z", true],
  ["a deny window of another system", [aWindow({ systems: ["document-triage"] })], "2026-11-22T12:00:00Z", true],
  ["a deny window of another environment", [aWindow({ environments: ["staging"] })], "2026-11-22T12:00:00Z", true],
  ["a deny window that has ended", [aWindow({ endsAt: at("2026-11-22T11:59:59Z") })], "2026-11-22T12:00:00Z", true],
  ["outside the only allow window", [aWindow({ kind: "allow" })], "2026-11-25T12:00:00Z", false],
  ["inside an allow window", [aWindow({ kind: "allow" })], "2026-11-22T12:00:00Z", true],
  [
    "inside one of two allow windows",
    [aWindow({ kind: "allow" }), aWindow({ kind: "allow", cron: "0 8 * * 3", durationMinutes: 60 })],
    "2026-11-22T12:00:00Z",
    true,
  ],
  [
    "inside an allow and a deny window: deny wins",
    [aWindow({ kind: "allow" }), aWindow({ cron: "0 0 * * *", durationMinutes: 1440 })],
    "2026-11-22T12:00:00Z",
    false,
  ],
])("a change under %s", (_, windows, now, isAllowed) => {
  expect(freezeVerdict(windows, production, at(now)).isAllowed).toBe(isAllowed);
});

test("a refusal says which window, why, and until when", () => {
  const verdict = freezeVerdict([aWindow()], production, at("2026-11-22T12:00:00Z"));
  expect(verdict.reason).toBe("Frozen by Weekend (nobody is on call)");
  expect(verdict.changesAt).toEqual(at("2026-11-23T07:00:00Z"));
});

test("outside an allow window the answer names the next opening", () => {
  const verdict = freezeVerdict([aWindow({ kind: "allow" })], production, at("2026-11-25T12:00:00Z"));
  expect(verdict.changesAt).toEqual(at("2026-11-27T17:00:00Z"));
});

test("adding a deny window never allows what was refused", () => {
  const hour = fc.integer({ min: 0, max: 24 * 400 }).map((hours) => new Date(Date.UTC(2026, 0, 1, hours)));
  fc.assert(
    fc.property(hour, fc.constantFrom("allow" as const, "deny" as const), (now, kind) => {
      const before = freezeVerdict([aWindow({ kind })], production, now);
      const after = freezeVerdict(
        [aWindow({ kind }), aWindow({ cron: "0 6 1 * *", durationMinutes: 600 })],
        production,
        now,
      );
      expect(after.isAllowed && !before.isAllowed).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["six fields", "0 0 18 * * 5", "Europe/Zurich", "cron"],
  ["words", "every friday", "Europe/Zurich", "cron"],
  ["a place that is no time zone", "0 18 * * 5", "Europe/Atlantis", "timeZone"],
])("a schedule with %s is refused at its field", (_, cron, timeZone, field) => {
  expect(() => assertSchedule(cron, timeZone)).toThrow(
    expect.objectContaining({ code: "invalid", fields: { [field]: expect.any(Array) } }),
  );
});

test("a window that opens every minute for a month is looked up as fast as others", () => {
  const window = aWindow({ cron: "* * * * *", durationMinutes: 60 * 24 * 31 });
  const began = performance.now();
  for (let i = 0; i < 20; i++) openingAt(window, at("2026-11-22T12:00:30Z"));
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(openingAt(window, at("2026-11-22T12:00:30Z"))?.from).toEqual(at("2026-11-22T12:00:00Z"));
  expect(openingAt(window, at("2026-11-22T12:00:00Z"))?.from).toEqual(at("2026-11-22T12:00:00Z"));
});

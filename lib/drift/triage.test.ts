import { describe, expect, test } from "vitest";
import { FINDING_KINDS, type FindingState } from "./model.ts";
import { assertAcceptable, assertMayTriage, assertSuppressionEnds, isAcceptable, stateNow } from "./triage.ts";

const now = new Date("2026-11-22T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

function aFinding(state: FindingState, suppressedUntil: Date | null = null) {
  return { number: 12, kind: "value_changed", state, suppressedUntil, revision: 3 } as const;
}

describe("what can be done with a finding", () => {
  test.each([
    ["acknowledge", "open", true],
    ["acknowledge", "acknowledged", false],
    ["acknowledge", "suppressed", false],
    ["acknowledge", "accepted", false],
    ["acknowledge", "resolved", false],
    ["suppress", "open", true],
    ["suppress", "acknowledged", true],
    ["suppress", "suppressed", false],
    ["suppress", "resolved", false],
    ["unsuppress", "suppressed", true],
    ["unsuppress", "open", false],
    ["accept", "open", true],
    ["accept", "acknowledged", true],
    ["accept", "suppressed", true],
    ["accept", "accepted", false],
    ["accept", "resolved", false],
  ] as const)("%s one that is %s: %s", (step, state, isAllowed) => {
    const act = () => assertMayTriage(aFinding(state, state === "suppressed" ? inDays(1) : null), step, { now });
    if (isAllowed) expect(act).not.toThrow();
    else expect(act).toThrow(/F-12 is/);
  });

  test("a suppression is over at its time, whether or not a job ran", () => {
    expect(stateNow(aFinding("suppressed", inDays(1)), now)).toBe("suppressed");
    expect(stateNow(aFinding("suppressed", now), now)).toBe("open");
    expect(() => assertMayTriage(aFinding("suppressed", inDays(-1)), "acknowledge", { now })).not.toThrow();
  });

  test("nothing, when it changed since it was seen", () => {
    expect(() => assertMayTriage(aFinding("open"), "acknowledge", { revision: 2, now })).toThrow(/changed since/);
    expect(() => assertMayTriage(aFinding("open"), "acknowledge", { revision: 3, now })).not.toThrow();
  });
});

test.each([
  ["now", now, false],
  ["a day from now", inDays(1), true],
  ["90 days from now", inDays(90), true],
  ["91 days from now", inDays(91), false],
  ["yesterday", inDays(-1), false],
])("suppressing until %s", (_, until, isAllowed) => {
  const act = () => assertSuppressionEnds(until, now);
  if (isAllowed) expect(act).not.toThrow();
  else expect(act).toThrow(/within 90 days/);
});

test.each(FINDING_KINDS)("%s can be declared, or says what to do instead", (kind) => {
  const act = () => assertAcceptable({ ...aFinding("open"), kind });
  if (isAcceptable(kind)) expect(act).not.toThrow();
  else expect(act).toThrow(/no value that could be declared: \w/);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { cumulativeRelaxation, ratchetProblems } from "./ratchet.ts";

const at = (value: number | undefined, day: number) => ({ value, at: new Date(Date.UTC(2026, 9, day)) });

test.each([
  ["no history", [], 0, 0],
  ["the baseline alone", [0.1], 0, 0],
  ["many small steps", [0.1, 0.15, 0.2, 0.25], 0.15, 3],
  ["a step back", [0.1, 0.3, 0.2], 0.1, 2],
  ["stricter than the baseline", [0.3, 0.1], -0.2, 1],
  ["taken away and brought back laxer", [0.1, undefined, 0.4], 0.3, 1],
])("%s", (_, values, total, steps) => {
  const found = cumulativeRelaxation(
    values.map((value, day) => at(value, day + 1)),
    "lower_is_stricter",
  );
  expect([found.total, found.steps.length]).toEqual([total, steps]);
});

test("the total is the distance from first to last, whatever lies between", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 }), (values) => {
      const { total } = cumulativeRelaxation(
        values.map((value, day) => at(value, day)),
        "higher_is_stricter",
      );
      expect(total).toBe((values[0] ?? 0) - (values.at(-1) ?? 0) + 0);
    }),
  );
});

const rules = someRules({
  parameters: [
    aRule({
      pattern: "/guardrails/pii",
      title: "PII threshold",
      kind: "guardrail",
      strictness: "lower_is_stricter",
      maxRelaxation: 0.2,
    }),
    aRule({ pattern: "/guardrails/other", kind: "guardrail", strictness: "lower_is_stricter" }),
  ],
});
const guardrails = (pii?: number, other = 0.1) => ({ guardrails: { ...(pii !== undefined && { pii }), other } });

test.each([
  ["within the limit", guardrails(0.1), guardrails(0.2), guardrails(0.3), 0],
  ["past the limit by one more small step", guardrails(0.1), guardrails(0.3), guardrails(0.31), 1],
  ["past the limit at once", guardrails(0.1), guardrails(0.1), guardrails(0.9), 1],
  ["already past, and untouched", guardrails(0.1), guardrails(0.9), guardrails(0.9), 0],
  ["already past, and made stricter", guardrails(0.1), guardrails(0.9), guardrails(0.5), 0],
  ["taken away", guardrails(0.1), guardrails(0.1), guardrails(undefined), 1],
  ["brought back laxer", guardrails(0.1), guardrails(undefined), guardrails(0.9), 1],
  ["without a limit", guardrails(0.1, 0.1), guardrails(0.1, 0.1), guardrails(0.1, 0.9), 0],
  ["without a baseline", null, guardrails(0.1), guardrails(0.9), 0],
])("%s", (_, baseline, current, after, count) => {
  const problems = ratchetProblems({ rules, bundle: "assistant", environment: "production", baseline, current, after });
  expect(problems).toHaveLength(count);
  for (const problem of problems)
    expect(problem).toMatchObject({ rule: "ratchet", pointer: "/guardrails/pii", environment: "production" });
});

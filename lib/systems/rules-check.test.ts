import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Policy } from "./model.ts";
import { assertRulesHold, checkRules } from "./rules-check.ts";
import { RulesDocument } from "./rules-document.ts";
import { aConstraint, aRule, someRules } from "./testing/rules-fixture.ts";

const around = {
  environments: ["development", "production"],
  groups: ["platform", "safety"],
  bundles: ["assistant"],
  checks: ["schema", "soak"],
};
const policy: Policy = {
  id: "production",
  title: "Production",
  requests: [],
  environments: ["production"],
  kinds: ["guardrail"],
  approvals: 2,
  groups: [{ group: "safety", approvals: 1 }],
  requiredChecks: ["soak"],
  soakMinutes: 60,
  approvalLastsHours: 72,
  threadsMustBeResolved: true,
};
const good = someRules({
  parameters: [
    aRule({
      pattern: "/sampling/temperature",
      schema: { type: "number", maximum: 2 },
      default: 0.2,
      strictness: "lower_is_stricter",
      maxRelaxation: 0.5,
    }),
  ],
  constraints: [aConstraint({ expression: "config.sampling.temperature <= 1", bundles: ["assistant"] })],
  dependencies: [{ from: "/model/*", to: "/guardrails/**", reason: "Calibrated on the model" }],
  policies: [policy],
});
const withRule = (of: Parameters<typeof aRule>[0]) => someRules({ parameters: [aRule(of)] });

test("good rules have no problem, and their shape is read unchanged", () => {
  expect(checkRules(good, around)).toEqual([]);
  expect(RulesDocument.parse(good)).toEqual(good);
});

test.each([
  ["a pattern with ** in the middle", withRule({ pattern: "/a/**/b" }), "parameters.0.pattern"],
  ["a pattern with a bad escape", withRule({ pattern: "/a~2" }), "parameters.0.pattern"],
  ["the empty pattern", withRule({ pattern: "" }), "parameters.0.pattern"],
  [
    "the same pattern twice",
    someRules({ parameters: [aRule({ pattern: "/a" }), aRule({ pattern: "/a" })] }),
    "parameters.1.pattern",
  ],
  ["an unknown bundle", withRule({ pattern: "/a", bundle: "nope" }), "parameters.0.bundle"],
  ["a schema of an unknown type", withRule({ pattern: "/a", schema: { type: "decimal" } }), "parameters.0.schema"],
  ["a schema with a misspelt keyword", withRule({ pattern: "/a", schema: { maxmum: 2 } }), "parameters.0.schema"],
  [
    "a schema that refers elsewhere",
    withRule({ pattern: "/a", schema: { $ref: "https://example.org/s.json" } }),
    "parameters.0.schema",
  ],
  ["an asynchronous schema", withRule({ pattern: "/a", schema: { $async: true } }), "parameters.0.schema"],
  [
    "a pattern that needs backtracking",
    withRule({ pattern: "/a", schema: { type: "string", pattern: "(a)\\1" } }),
    "parameters.0.schema",
  ],
  [
    "a default that does not fit",
    withRule({ pattern: "/a", schema: { type: "number" }, default: "x" }),
    "parameters.0.default",
  ],
  ["a relaxation without direction", withRule({ pattern: "/a", maxRelaxation: 1 }), "parameters.0.maxRelaxation"],
  [
    "a direction for text",
    withRule({ pattern: "/a", schema: { type: "string" }, strictness: "higher_is_stricter" }),
    "parameters.0.strictness",
  ],
  [
    "an expression that is not CEL",
    someRules({ constraints: [aConstraint({ expression: "config.a <" })] }),
    "constraints.0.expression",
  ],
  [
    "a constraint on an unknown bundle",
    someRules({ constraints: [aConstraint({ expression: "true", bundles: ["nope"] })] }),
    "constraints.0.bundles",
  ],
  [
    "the same constraint id twice",
    someRules({ constraints: [aConstraint({ expression: "true" }), aConstraint({ expression: "false" })] }),
    "constraints.1.id",
  ],
  ["a bad dependency", someRules({ dependencies: [{ from: "/a", to: "/**/b", reason: "x" }] }), "dependencies.0.to"],
  ["a dependency on itself", someRules({ dependencies: [{ from: "/a", to: "/a", reason: "x" }] }), "dependencies.0.to"],
  [
    "an unknown environment",
    someRules({ policies: [{ ...policy, environments: ["prod"] }] }),
    "policies.0.environments",
  ],
  [
    "an unknown group",
    someRules({ policies: [{ ...policy, groups: [{ group: "nope", approvals: 1 }] }] }),
    "policies.0.groups",
  ],
  [
    "an unknown check",
    someRules({ policies: [{ ...policy, requiredChecks: ["vibes"] }] }),
    "policies.0.requiredChecks",
  ],
  ["the same policy id twice", someRules({ policies: [policy, policy] }), "policies.1.id"],
])("%s is refused", (_, rules, path) => {
  expect(checkRules(rules, around)).toContainEqual({ path, severity: "error", message: expect.any(String) });
  expect(() => assertRulesHold(rules, around)).toThrow(Refusal);
});

describe("warnings", () => {
  test("an owner that is no group is told, and passes", () => {
    const rules = withRule({ pattern: "/a", owner: "nobody" });
    expect(checkRules(rules, around)).toMatchObject([{ path: "parameters.0.owner", severity: "warning" }]);
    expect(() => assertRulesHold(rules, around)).not.toThrow();
  });
});

test("a refusal carries every error by field", () => {
  const rules = someRules({
    parameters: [aRule({ pattern: "/a~2" })],
    constraints: [aConstraint({ expression: "config.a <" })],
  });
  try {
    assertRulesHold(rules, around);
    expect.unreachable();
  } catch (refusal) {
    expect(refusal instanceof Refusal && Object.keys(refusal.fields)).toEqual([
      "rules.parameters.0.pattern",
      "rules.constraints.0.expression",
    ]);
  }
});

test.each([
  ["a member that does not exist", { ...good, extra: [] }],
  ["an unknown kind", { ...good, parameters: [{ ...good.parameters[0], kind: "magic" }] }],
  ["a schema that is no object", { ...good, parameters: [{ ...good.parameters[0], schema: true }] }],
  ["a policy without approvals", { ...good, policies: [{ ...policy, approvals: undefined }] }],
])("the shape refuses %s", (_, rules) => {
  expect(RulesDocument.safeParse(rules).success).toBe(false);
});

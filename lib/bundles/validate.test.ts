import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { aConstraint, aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { checkOf } from "./finding.ts";
import type { BundleSource } from "./model.ts";
import { isValid, validateDocument } from "./validate.ts";

const rules = someRules({
  parameters: [
    aRule({
      pattern: "/model/name",
      title: "Model",
      kind: "model",
      required: true,
      schema: { type: "string" },
      environmentPolicy: "same",
    }),
    aRule({ pattern: "/model/provider", title: "Provider", kind: "serving", schema: { type: "string" } }),
    aRule({
      pattern: "/sampling/temperature",
      title: "Temperature",
      schema: { type: "number", minimum: 0, maximum: 2 },
    }),
    aRule({ pattern: "/sampling/top_k", title: "Top k", schema: { type: "integer" } }),
    aRule({
      pattern: "/routes/*/weight",
      title: "Weight",
      kind: "routing",
      required: true,
      schema: { type: "number" },
    }),
    aRule({ pattern: "/routes/*/target", title: "Target", kind: "routing", schema: { enum: ["a", "b"] } }),
    aRule({ pattern: "/flags/*", title: "Flag", kind: "flag", schema: { type: "object" } }),
    aRule({ pattern: "/auth/key", title: "Key", kind: "serving", schema: { type: "string" } }),
    aRule({
      pattern: "/prompts/**",
      title: "Prompt",
      kind: "prompt",
      schema: { type: "string" },
      environmentPolicy: "same",
    }),
  ],
  constraints: [
    aConstraint({
      id: "cool",
      expression: "!has(config.sampling) || config.sampling.temperature <= 1",
      message: "Keep it cool",
    }),
    aConstraint({ id: "fits", expression: "bundles.retrieval.size <= 10", message: "It must fit" }),
    aConstraint({ id: "elsewhere", expression: "false", bundles: ["other"] }),
  ],
});
const environments = ["development", "production"];
const now = new Date("2026-11-22T12:00:00Z");
const good = "model:\n  name: claude-opus-4-6\nsampling:\n  temperature: 0.2\n";

function validate(source: BundleSource, otherBundles?: Record<string, Record<string, JsonObject>>) {
  return validateDocument({
    source,
    rules,
    environments,
    bundle: "assistant",
    now,
    ...(otherBundles && { otherBundles }),
  });
}
const only = (base: string, overlays: BundleSource["overlays"] = {}) => validate({ base, overlays });

test("a good document has no error, and is there for each environment", () => {
  const result = only(`${good}`, { production: "sampling: {temperature: 0.1}\n" });
  expect(result.problems.filter((problem) => problem.severity === "error")).toEqual([]);
  expect(isValid(result)).toBe(true);
  expect(result.document).toEqual({
    base: { model: { name: "claude-opus-4-6" }, sampling: { temperature: 0.2 } },
    overlays: { production: { sampling: { temperature: 0.1 } } },
  });
  expect(result.effective.production?.provenance["/sampling/temperature"]).toBe("production");
  expect(result.effective.development?.value).toEqual(result.document?.base);
});

describe("problems of base, with their place", () => {
  test.each([
    ["a value out of range", `${good.replace("0.2", "3")}`, "schema", "Temperature must be at most 2 (it is 3)", 4, 16],
    ["a value of another type", `${good.replace("0.2", "warm")}`, "schema", "Temperature must be a number", 4, 16],
    [
      "a whole number that is not",
      `${good}  top_k: 1.5\n`,
      "schema",
      "Top k must be a whole number (it is 1.5)",
      5,
      10,
    ],
    [
      "a mapping where a number belongs",
      "model:\n  name: claude-opus-4-6\nsampling:\n  temperature: {warm: 1}\n",
      "schema",
      "Temperature must be a number",
      4,
      16,
    ],
    [
      "a value outside its choices",
      `${good}routes: {x: {weight: 1, target: c}}\n`,
      "schema",
      "Target must be one of a, b",
      5,
      33,
    ],
    [
      "a required parameter",
      "sampling: {temperature: 0.2}\n",
      "schema.required",
      "Model (/model/name) is required and missing",
      1,
      1,
    ],
    [
      "a required parameter below a wildcard",
      `${good}routes:\n  x: {target: a}\n`,
      "schema.required",
      "Weight (/routes/x/weight) is required",
      6,
      3,
    ],
    ["an undescribed parameter", `${good}mystery: 1\n`, "schema.undeclared", "does not describe", 5, 10],
    ["a broken constraint", `${good.replace("0.2", "1.5")}`, "constraint", "Keep it cool (constraint “cool”)", 4, 16],
    [
      "a constraint that can't be evaluated",
      "model:\n  name: claude-opus-4-6\nsampling: {}\n",
      "constraint.unknown",
      "“temperature” is not there",
      3,
      1,
    ],
    [
      "an alias",
      `${good.replace("claude-opus-4-6", "claude-opus-4-5")}`,
      "model.unpinned",
      "Pin “claude-opus-4-5-20251101” instead",
      2,
      9,
    ],
    [
      "an alias of another provider",
      `${good.replace("claude-opus-4-6", "prod-chat\n  provider: azure")}`,
      "model.deployment",
      "deployment",
      2,
      9,
    ],
    [
      "a flag without owner",
      `${good}flags:\n  beta: {enabled: true, expires: 2027-01-31}\n`,
      "flag.owner",
      "has no owner",
      6,
      9,
    ],
    [
      "a flag without expiry",
      `${good}flags:\n  beta: {enabled: true, owner: ada}\n`,
      "flag.expires",
      "no expiry",
      6,
      9,
    ],
    [
      "a flag that expires on a day that is none",
      `${good}flags:\n  beta: {enabled: true, owner: ada, expires: 2027-02-30}\n`,
      "flag.expires",
      "no expiry",
      6,
      9,
    ],
    [
      "an expired flag",
      `${good}flags:\n  beta: {value: 3, owner: ada, expires: 2026-11-21}\n`,
      "flag.expired",
      "expired on 2026-11-21",
      6,
      9,
    ],
    ["a flag that is a bare truth value", `${good}flags:\n  beta: true\n`, "flag.value", "says neither", 6, 9],
    ["a secret", `${good}auth:\n  key: ${"AKIA"}IOSFODNN7EXAMPLE\n`, "secret", "AWS access key", 6, 8],
    [
      "a secret reference that is none",
      `${good}auth:\n  key: {$secret: nowhere}\n`,
      "secret.reference",
      "vault://",
      6,
      8,
    ],
  ])("%s", (_, base, rule, message, line, column) => {
    const found = only(base).problems.filter((problem) => problem.rule === rule);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ layer: "base", line, column });
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.environment).toBeUndefined();
  });

  test.each([
    ["a secret reference fits any schema", `${good}auth:\n  key: {$secret: "vault://support/openai#key"}\n`],
    ["a prompt reference fits any schema", `${good}prompts:\n  system: {$prompt: support/system@2.1.0}\n`],
    ["a flag lasts through its day", `${good}flags:\n  beta: {enabled: true, owner: ada, expires: 2026-11-22}\n`],
    ["a constraint on other bundles waits without them", good],
  ])("%s", (_, base) => {
    expect(isValid(only(base))).toBe(true);
  });
});

describe("problems of overlays", () => {
  test.each([
    ["a value that only production breaks", "# cooler\nsampling:\n  temperature: 9\n", "schema", 3, 16],
    ["a parameter that must be the same", "model:\n  name: claude-opus-4-7\n", "overlay.same", 2, 9],
    ["a removal that takes one that must be the same", "model: null\n", "overlay.same", 1, 8],
    ["a removal of what is required", "model: {name: null}\n", "schema.required", 1, 15],
    ["a prompt, by a deep pattern", "prompts: {a: {b: x}}\n", "overlay.same", 1, 18],
    ["an undescribed parameter", "mystery: 1\n", "overlay.undeclared", 1, 10],
    ["text that can't be read", "a: [\n", "yaml.syntax", 2, 1],
  ])("%s", (_, overlay, rule, line, column) => {
    const found = only(good, { production: overlay }).problems.filter((problem) => problem.rule === rule);
    expect(found).toMatchObject([{ layer: "production", line, column }]);
  });

  test("an environment that the system does not have", () => {
    expect(only(good, { prod: "sampling: {temperature: 1}\n" }).problems).toMatchObject([
      {
        rule: "overlay.unknown_environment",
        layer: "prod",
        message: expect.stringContaining("development, production"),
      },
    ]);
  });

  test("a problem of base that an overlay mends is shown where it remains", () => {
    const found = only(good.replace("0.2", "3"), { production: "sampling: {temperature: 0.1}\n" }).problems;
    expect(found.filter((problem) => problem.rule === "schema")).toMatchObject([
      { layer: "base", environment: "development" },
    ]);
  });

  test("an overlay that can't be read leaves the other environments", () => {
    const result = only(good, { production: "a: [\n" });
    expect(result.document).toBeNull();
    expect(Object.keys(result.effective)).toEqual(["development"]);
  });
});

test("constraints see the other bundles of the same environment", () => {
  const otherBundles = { development: { retrieval: { size: 5 } }, production: { retrieval: { size: 50 } } };
  expect(validate({ base: good, overlays: {} }, otherBundles).problems).toMatchObject([
    { rule: "constraint", environment: "production" },
  ]);
  expect(validate({ base: good, overlays: {} }, {}).problems).toMatchObject([
    { rule: "constraint.unknown", message: expect.stringContaining("retrieval") },
  ]);
});

test("a document without text is held to the same, by pointer", () => {
  const judge = (base: JsonObject) =>
    validateDocument({ document: { base, overlays: {} }, rules, environments, bundle: "assistant", now }).problems;
  expect(judge({ model: { name: "gpt-4o" } })).toMatchObject([{ rule: "model.unpinned", pointer: "/model/name" }]);
  expect(judge(JSON.parse('{"model": {"name": "claude-opus-4-6", "__proto__": 1}}'))).toMatchObject([
    { rule: "yaml.forbidden_key", pointer: "/model/__proto__" },
  ]);
  expect(judge({ prompts: { a: "\ud800" } })).toMatchObject([{ rule: "yaml.not_unicode", pointer: "/prompts/a" }]);
  expect(judge({ prompts: { a: Number.POSITIVE_INFINITY } })).toMatchObject([{ rule: "yaml.not_finite" }]);
  let deep: JsonObject = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  expect(judge(deep)).toMatchObject([{ rule: "yaml.too_deep" }]);
  expect(judge({ list: Array.from({ length: 10_001 }, () => 1) })).toMatchObject([{ rule: "yaml.too_many_leaves" }]);
  expect(judge({ prompts: { long: "x".repeat(1_048_577) } })).toMatchObject([{ rule: "yaml.too_large" }]);
});

test.each([
  ["yaml.tag", "schema"],
  ["schema.required", "schema"],
  ["constraint.unknown", "constraints"],
  ["model.unpinned", "models_pinned"],
  ["overlay.same", "overlay_policy"],
  ["secret.reference", "secrets"],
  ["flag.owner", "flags"],
  ["ratchet", "ratchet"],
])("%s belongs to the check %s", (rule, check) => {
  expect(checkOf({ rule })).toBe(check);
});

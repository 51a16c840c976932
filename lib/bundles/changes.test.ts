import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { compareEffective, parameterChanges } from "./changes.ts";
import { effectiveConfiguration, environmentsTouched } from "./effective.ts";
import type { BundleDocument } from "./model.ts";

const rules = someRules({
  parameters: [
    aRule({ pattern: "/model/name", kind: "model", risk: "high" }),
    aRule({ pattern: "/prompts/*", kind: "prompt", risk: "medium" }),
    aRule({
      pattern: "/guardrails/*/threshold",
      kind: "guardrail",
      risk: "high",
      strictness: "lower_is_stricter",
      locked: true,
      unit: "score",
    }),
    aRule({ pattern: "/guardrails/*/enabled", kind: "guardrail", risk: "critical", strictness: "higher_is_stricter" }),
    aRule({ pattern: "/flags/*", kind: "flag", risk: "medium" }),
    aRule({ pattern: "/sampling/temperature", risk: "low" }),
  ],
});
const environments = ["development", "production"];
const base: JsonObject = {
  model: { name: "m-1" },
  prompts: { system: "Be kind." },
  guardrails: { pii: { threshold: 0.1, enabled: true } },
  flags: { beta: { enabled: true, owner: "ada", expires: "2027-01-01" } },
  sampling: { temperature: 0.2, stop: ["a"] },
};
const document = (of: JsonObject, overlays: BundleDocument["overlays"] = {}): BundleDocument => ({
  base: { ...base, ...of },
  overlays,
});

function rows(after: BundleDocument, before: BundleDocument | null = document({})) {
  return parameterChanges({ bundle: "assistant", before, after, environments, rules });
}

test.each([
  ["nothing", {}, []],
  ["a model", { model: { name: "m-2" } }, [["/model/name", "model", undefined]]],
  ["a prompt", { prompts: { system: "Be brief." } }, [["/prompts/system", "prompt", undefined]]],
  [
    "a threshold made laxer",
    { guardrails: { pii: { threshold: 0.3, enabled: true } } },
    [["/guardrails/pii/threshold", "relaxed", 0.2]],
  ],
  [
    "a threshold made stricter",
    { guardrails: { pii: { threshold: 0.05, enabled: true } } },
    [["/guardrails/pii/threshold", "tightened", -0.05]],
  ],
  [
    "a guardrail switched off",
    { guardrails: { pii: { threshold: 0.1, enabled: false } } },
    [["/guardrails/pii/enabled", "relaxed", 1]],
  ],
  [
    "a guardrail taken away",
    { guardrails: {} },
    [
      ["/guardrails/pii/enabled", "removed", undefined],
      ["/guardrails/pii/threshold", "removed", undefined],
    ],
  ],
  [
    "a flag, as one parameter",
    { flags: { beta: { enabled: false, owner: "ada", expires: "2027-02-01" } } },
    [["/flags/beta", "changed", undefined]],
  ],
  ["an undescribed list", { sampling: { temperature: 0.2, stop: ["b"] } }, [["/sampling/stop", "changed", undefined]]],
  ["a number spelt differently", { sampling: { temperature: 0.2, stop: ["a"] } }, []],
])("%s", (_, of, expected) => {
  expect(rows(document(of)).map((row) => [row.pointer, row.meaning, row.relaxation])).toEqual(expected);
});

test("a row carries what the catalogue knows", () => {
  const [row] = rows(document({ guardrails: { pii: { threshold: 0.3, enabled: true } } }));
  expect(row).toMatchObject({
    kind: "guardrail",
    risk: "high",
    tier: "runtime",
    locked: true,
    unit: "score",
    before: 0.1,
    after: 0.3,
    environments,
  });
});

describe("environments", () => {
  test("an overlay reaches its own", () => {
    const after = document({}, { production: { sampling: { temperature: 0.1 } } });
    expect(rows(after)).toMatchObject([
      { pointer: "/sampling/temperature", before: 0.2, after: 0.1, environments: ["production"] },
    ]);
  });
  test("an environment that another value hides is not reached", () => {
    const overlays = { production: { sampling: { temperature: 0.1 } } };
    const found = rows(document({ sampling: { temperature: 0.9, stop: ["a"] } }, overlays), document({}, overlays));
    expect(found).toMatchObject([{ before: 0.2, after: 0.9, environments: ["development"] }]);
  });
  test("a change that every overlay hides is shown, and reaches none", () => {
    const overlays = { development: { sampling: { temperature: 1 } }, production: { sampling: { temperature: 0.1 } } };
    const found = rows(document({ sampling: { temperature: 0.9, stop: ["a"] } }, overlays), document({}, overlays));
    expect(found).toMatchObject([{ pointer: "/sampling/temperature", environments: [] }]);
  });
  test("different values have a row each", () => {
    const before = document({}, { production: { sampling: { temperature: 0.1 } } });
    const after = document({ sampling: { temperature: 0.5, stop: ["a"] } });
    expect(rows(after, before).map((row) => [row.before, row.after, row.environments])).toEqual([
      [0.2, 0.5, ["development"]],
      [0.1, 0.5, ["production"]],
    ]);
  });
  test("the first version adds everything everywhere", () => {
    expect(rows(document({}), null).every((row) => row.meaning === "added" && row.environments.length === 2)).toBe(
      true,
    );
  });
});

test("the riskiest comes first", () => {
  const after = document({
    sampling: { temperature: 1, stop: ["b"] },
    prompts: { system: "Lie." },
    model: { name: "m-2" },
    guardrails: { pii: { threshold: 0.9, enabled: false } },
  });
  expect(rows(after).map((row) => row.pointer)).toEqual([
    "/guardrails/pii/enabled",
    "/guardrails/pii/threshold",
    "/model/name",
    "/prompts/system",
    "/sampling/stop",
    "/sampling/temperature",
  ]);
});

const leaf = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constant("x"),
  fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
);
const layer = fc.dictionary(
  fc.constantFrom("model", "flags", "guardrails"),
  fc.dictionary(fc.constantFrom("name", "beta", "pii"), leaf),
);
const anyDocument = fc.record({
  base: layer,
  overlays: fc.dictionary(fc.constantFrom("development", "production"), layer),
});

test("rows and the comparison of each environment agree, and so does what is touched", () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (before, after) => {
      const all = parameterChanges({ bundle: "assistant", before, after, environments, rules });
      const touched = new Set<string>();
      for (const environment of environments) {
        const here = compareEffective({
          bundle: "assistant",
          before: effectiveConfiguration(before, environment).value,
          after: effectiveConfiguration(after, environment).value,
          rules,
          environment,
        });
        if (here.length > 0) touched.add(environment);
        const filtered = all.filter((row) => row.environments.includes(environment));
        const spelt = (found: typeof here) =>
          found.map((row) => JSON.stringify([row.pointer, row.before, row.after])).sort();
        expect(spelt(filtered)).toEqual(spelt(here));
      }
      expect([...environmentsTouched(before, after, environments)]).toEqual(
        environments.filter((one) => touched.has(one)),
      );
    }),
  );
});

test("provenance names the overlay exactly where it sets something", () => {
  const { value, provenance } = effectiveConfiguration(
    { base: { a: { x: 1, y: 2 }, b: [1], e: {} }, overlays: { production: { a: { x: 9, y: null }, c: { d: 1 } } } },
    "production",
  );
  expect(value).toEqual({ a: { x: 9 }, b: [1], c: { d: 1 }, e: {} });
  expect(provenance).toEqual({ "/a/x": "production", "/b": "base", "/c/d": "production", "/e": "base" });
});

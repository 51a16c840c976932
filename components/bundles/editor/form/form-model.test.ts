import { expect, test } from "vitest";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { controlOf, firstValue, formGroups, matchesSearch, rangeHint } from "./form-model.ts";

const rules = someRules({
  parameters: [
    aRule({
      pattern: "/sampling/temperature",
      title: "Temperature",
      kind: "sampling",
      environmentPolicy: "may_differ",
      schema: { type: "number", minimum: 0, maximum: 2 },
    }),
    aRule({
      pattern: "/sampling/seed",
      title: "Seed",
      kind: "sampling",
      environmentPolicy: "same",
      schema: { type: "integer" },
    }),
    aRule({
      pattern: "/prompts/*",
      title: "Prompt",
      kind: "prompt",
      environmentPolicy: "same",
      schema: { type: "string" },
    }),
    aRule({ pattern: "/retry", title: "Retry", kind: "retry", environmentPolicy: "same", schema: { type: "object" } }),
    aRule({
      pattern: "/retry/attempts",
      title: "Attempts",
      kind: "retry",
      environmentPolicy: "same",
      schema: { type: "integer" },
    }),
  ],
});
const base = { sampling: { temperature: 0.2 }, prompts: { system: "Be kind" }, colour: "red" };

test("the base's form has what is set, by kind, and what the catalogue names besides", () => {
  const groups = formGroups({ layer: base, rules, bundle: "assistant" });
  expect(
    groups.map((group) => [group.kind, group.rows.map((row) => row.pointer), group.unset.map((row) => row.pointer)]),
  ).toEqual([
    ["sampling", ["/sampling/temperature"], ["/sampling/seed"]],
    ["prompt", ["/prompts/system"], []],
    ["retry", [], ["/retry/attempts", "/retry"]],
    ["undescribed", ["/colour"], []],
  ]);
});

test("an overlay's form says what is inherited, what is overridden and what may not be touched", () => {
  const groups = formGroups({ layer: { sampling: { temperature: 0.5 } }, base, rules, bundle: "assistant" });
  const [temperature] = groups[0]?.rows ?? [];
  expect(temperature).toMatchObject({ value: 0.5, inherited: 0.2, isEditable: true });
  expect(groups.flatMap((group) => [...group.rows, ...group.unset]).filter((row) => row.isEditable)).toHaveLength(1);
});

test("below a value that stands as a whole nothing is offered", () => {
  const groups = formGroups({ layer: { retry: [] }, rules, bundle: "assistant" });
  const retry = groups.find((group) => group.kind === "retry");
  expect(retry).toMatchObject({ rows: [{ pointer: "/retry" }], unset: [] });
});

test.each([
  ["a truth value", { type: "boolean" }, undefined, { as: "switch" }],
  ["one of some words", { enum: ["a", "b"] }, "a", { as: "choice", options: ["a", "b"] }],
  ["a whole number", { type: "integer" }, 3, { as: "number", isWhole: true }],
  ["a number", { type: "number" }, undefined, { as: "number", isWhole: false }],
  ["a short text", { type: "string" }, "x", { as: "line" }],
  ["a long text", { type: "string" }, "x\ny", { as: "text" }],
  ["texts", { type: "array" }, ["a", "b"], { as: "lines" }],
  ["a list of other things", { type: "array" }, [{ a: 1 }], { as: "json" }],
  ["a secret", {}, { $secret: "vault://a#b" }, { as: "reference", key: "$secret" }],
  ["text where a number belongs", { type: "number" }, "0.3", { as: "line" }],
] as const)("%s", (_, schema, value, control) => {
  expect(controlOf(aRule({ pattern: "/x", kind: "limit", schema }), value)).toEqual(control);
});

test("hints, first values and search", () => {
  expect(rangeHint({ minimum: 0, maximum: 2 })).toBe("0 to 2");
  expect(rangeHint({ maxLength: 600 })).toBe("at most 600 characters");
  expect(rangeHint({})).toBeNull();
  expect(firstValue(aRule({ pattern: "/x", schema: { type: "number", minimum: 0.05 } }))).toBe(0.05);
  expect(firstValue(aRule({ pattern: "/x", schema: { type: "string" }, default: "y" }))).toBe("y");
  const [group] = formGroups({ layer: base, rules, bundle: "assistant" });
  expect(group?.rows.filter((row) => matchesSearch(row, "temp"))).toHaveLength(1);
  expect(group?.rows.filter((row) => matchesSearch(row, "nothing"))).toHaveLength(0);
});

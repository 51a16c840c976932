import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { jsonSchemaOf } from "#lib/systems/catalogue-schema.ts";
import { compileWhole } from "#lib/systems/schema-compile.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { checkSchema } from "./schema-check.ts";

const described = someRules({
  parameters: [
    aRule({ pattern: "/a", required: true, schema: { type: "integer" } }),
    aRule({ pattern: "/b/c", required: true, schema: { type: "string" } }),
    aRule({ pattern: "/b/*", schema: { type: "integer", maximum: 1 } }),
    aRule({ pattern: "/m/*/a", required: true, schema: { type: "integer" } }),
    aRule({ pattern: "/m/b/a", schema: { type: "string" } }),
    aRule({ pattern: "/d/**", schema: { type: "integer" } }),
    aRule({ pattern: "/d/a/b", schema: { type: "string" } }),
    aRule({ pattern: "/o", schema: { type: "object", required: ["a"] } }),
  ],
});

const leaf = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant("x"));
const key = fc.constantFrom("a", "b", "c");
const branch = fc.oneof(
  leaf,
  fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1 })), { minKeys: 1 }),
);
const configuration = fc.dictionary(fc.constantFrom("a", "b", "m", "d", "o", "z"), branch, { minKeys: 1 });

test("the assembled schema accepts exactly what the check by parameter accepts", () => {
  const { check, error } = compileWhole(jsonSchemaOf(described, "assistant"));
  expect(error).toBeUndefined();
  const valid: JsonObject = {
    a: 1,
    b: { c: "x", a: 1 },
    m: { a: { a: 1 }, b: { a: "x" } },
    d: { a: { b: "x", c: 2 }, c: 1 },
    o: { a: 1 },
    z: 1,
  };
  expect(check?.(valid)).toEqual([]);
  const withRequired = configuration.map((value) => ({ a: 1, b: { c: "x" }, ...value }));
  fc.assert(
    fc.property(fc.oneof(configuration, withRequired), (value) => {
      const document: JsonObject = JSON.parse(JSON.stringify(value));
      const errors = checkSchema({ value: document, rules: described, bundle: "assistant" }).filter(
        (one) => one.severity === "error",
      );
      expect([check?.(document).length === 0, document]).toEqual([errors.length === 0, document]);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [
    "a pattern in linear time",
    { type: "string", pattern: "^(a+)+$" },
    `${"a".repeat(50_000)}!`,
    "must match the pattern ^(a+)+$",
  ],
  ["a format", { type: "string", format: "email" }, "nobody", "must be written as email"],
  ["text too short", { type: "string", minLength: 3 }, "x", "must have at least 3 characters"],
  [
    "a list with an entry twice",
    { type: "array", uniqueItems: true },
    [1, 1],
    "must not have an entry twice (0 and 1)",
  ],
  ["two types", { type: ["number", "null"] }, "x", "must be a number or null"],
  [
    "a member too many",
    { type: "object", additionalProperties: false },
    { a: 1 },
    "may not have the member “a”; remove it",
  ],
  [
    "alternatives, told once",
    { anyOf: [{ type: "number" }, { type: "boolean" }] },
    "x",
    "fits none of the forms that its schema allows",
  ],
])("%s", (_, schema, value, sentence) => {
  const rules = someRules({ parameters: [aRule({ pattern: "/p", title: "It", schema })] });
  const findings = checkSchema({ value: { p: value }, rules, bundle: "assistant" });
  expect(findings).toEqual([{ rule: "schema", severity: "error", message: `It ${sentence}`, pointer: "/p" }]);
});

test("a schema that can't be used is told, not thrown", () => {
  const rules = someRules({ parameters: [aRule({ pattern: "/p", schema: { type: "decimal" } })] });
  expect(checkSchema({ value: { p: 1 }, rules, bundle: "assistant" })).toMatchObject([{ rule: "schema.catalogue" }]);
});

test("a mapping is asked for where the catalogue describes what is inside", () => {
  const rules = someRules({ parameters: [aRule({ pattern: "/sampling/temperature" })] });
  expect(checkSchema({ value: { sampling: 3 }, rules, bundle: "assistant" })).toMatchObject([
    { rule: "schema", pointer: "/sampling" },
  ]);
});

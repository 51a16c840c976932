import { expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { compileSchema } from "./schema-compile.ts";
import { membersOf, SCHEMA_LIMITS, schemaFault } from "./schema-limits.ts";

/** Each definition uses the next one twice, so that 60 lines spell out 2^60 checks. */
function doubling(levels: number): JsonObject {
  const definitions = Array.from({ length: levels }, (_, level) => [
    `d${level}`,
    { allOf: [{ $ref: `#/$defs/d${level + 1}` }, { $ref: `#/$defs/d${level + 1}` }] },
  ]);
  return { $defs: { ...Object.fromEntries(definitions), [`d${levels}`]: {} }, $ref: "#/$defs/d0" };
}

const wide: JsonObject = { allOf: Array.from({ length: 20_000 }, (_, value) => ({ not: { const: value } })) };

test.each<[string, JsonObject, string]>([
  ["more members than a parameter needs", wide, "more than 500 members"],
  ["references that double", doubling(60), "more than 500 members"],
  ["a reference to the whole", { $ref: "#" }, "leads back to itself"],
  ["a circle", { $defs: { a: { anyOf: [{ $ref: "#/$defs/a" }, {}] } }, $ref: "#/$defs/a" }, "leads back to itself"],
  ["a way around", { $dynamicRef: "#x" }, "$dynamicRef"],
  ["a name for a place", { $defs: { a: { $anchor: "x" } } }, "$anchor"],
  ["another document", { $ref: "https://example.org/schema" }, "$ref to another document"],
  ["an address of its own", { $id: "https://example.org/schema" }, "$id"],
])("%s is refused at once", (_, schema, why) => {
  const began = performance.now();
  expect(compileSchema(schema).error).toContain(why);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test("references that end are allowed, as are properties with the names of keywords' values", () => {
  expect(schemaFault({ $defs: { a: { type: "string" } }, items: { $ref: "#/$defs/a" } })).toBeUndefined();
  expect(schemaFault({ enum: Array.from({ length: 400 }, (_, index) => `model-${index}`) })).toBeUndefined();
  expect(schemaFault({ $ref: "#/$defs/not-there" })).toBeUndefined();
  expect(membersOf({ type: "number", enum: [1, 2] })).toBe(5);
  expect(SCHEMA_LIMITS.ofCatalogue).toBeGreaterThan(2_000 * 5);
});

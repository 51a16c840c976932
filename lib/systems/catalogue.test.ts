import { expect, test } from "vitest";
import { catalogueOf, parameterAt, ruleFor } from "./catalogue.ts";
import { jsonSchemaOf } from "./catalogue-schema.ts";
import { aRule, someRules } from "./testing/rules-fixture.ts";

const rules = someRules({
  parameters: [
    aRule({ pattern: "/prompts/**", title: "any prompt" }),
    aRule({ pattern: "/prompts/*", title: "a prompt" }),
    aRule({ pattern: "/prompts/system", title: "the system prompt" }),
    aRule({ pattern: "/routes/*/weight", title: "a weight" }),
    aRule({ pattern: "/routes/main/*", title: "of the main route" }),
    aRule({ pattern: "/limits/timeout", title: "of every bundle" }),
    aRule({ pattern: "/limits/timeout", title: "of retrieval", bundle: "retrieval" }),
    aRule({ pattern: "/flags/*", title: "a flag" }),
  ],
});

test.each([
  ["an exact pattern before wildcards", "assistant", "/prompts/system", "the system prompt"],
  ["one segment before many", "assistant", "/prompts/user", "a prompt"],
  ["many segments", "assistant", "/prompts/few/shot", "any prompt"],
  ["of two with a wildcard each, the total order", "assistant", "/routes/main/weight", "a weight"],
  ["a rule of every bundle", "assistant", "/limits/timeout", "of every bundle"],
  ["the bundle's own rule", "retrieval", "/limits/timeout", "of retrieval"],
  ["a container", "assistant", "/prompts", undefined],
  ["what nothing describes", "assistant", "/mystery", undefined],
])("%s", (_, bundle, pointer, title) => {
  expect(ruleFor(rules, bundle, pointer)?.title).toBe(title);
});

test.each([
  ["a leaf with a rule is itself", "/prompts/system", "/prompts/system"],
  ["a leaf inside a described value belongs to it", "/flags/beta/owner", "/flags/beta"],
  ["a leaf that nothing describes is itself", "/mystery/deep", "/mystery/deep"],
])("%s", (_, pointer, parameter) => {
  expect(parameterAt(rules, "assistant", pointer).pointer).toBe(parameter);
});

test("a catalogue is compiled once", () => {
  expect(catalogueOf(rules, "assistant")).toBe(catalogueOf(rules, "assistant"));
  expect(catalogueOf(rules, "assistant")).not.toBe(catalogueOf(rules, "retrieval"));
});

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

test("the JSON Schema says what the catalogue says", () => {
  expect(jsonSchemaOf(described, "assistant")).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: expect.arrayContaining(["a", "b"]),
    properties: {
      a: { type: "integer" },
      b: { properties: { c: { type: "string" } }, additionalProperties: { type: "integer" }, required: ["c"] },
      m: { properties: { b: { properties: { a: { type: "string" } } } }, additionalProperties: { required: ["a"] } },
    },
  });
});

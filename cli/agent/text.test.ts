import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { digestOf as digestOfSdk } from "../../sdk/canonical.ts";
import { formatOf, readDocument, writeDocument } from "./text.ts";
import { variablesOf } from "./variables.ts";

const anObject = fc
  .dictionary(fc.string({ unit: "grapheme", maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 })
  .filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

test.each(["json", "yaml"] as const)("what is written as %s is what is read, to the digest", (format) => {
  fc.assert(
    fc.property(anObject, (document) => {
      const read = readDocument(writeDocument(document, format), format);
      expect("document" in read && digestOf(read.document)).toBe(digestOf(document));
    }),
    { numRuns: 300 },
  );
});

test("YAML keeps texts texts, whatever they look like", () => {
  const document = { a: ["yes", "no", "1.0", "0x1f", "~", "2026-01-01", "- x", "a: b", "# c", " d ", "", "<<", "1e3"] };
  expect(readDocument(writeDocument(document, "yaml"), "yaml")).toEqual({ document });
});

test("the SDK and the server name the same JSON the same", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => digestOfSdk(value as Json) === digestOf(value as Json)));
});

test.each<[string, string, RegExp | JsonObject]>([
  ["a.json", '{"a": 1}', { a: 1 }],
  ["a.json", '\uFEFF{"a": 1}', { a: 1 }],
  ["a.json", "[1]", /not an object/],
  ["a.json", "a: 1", /^It is not JSON$/],
  ["a.json", '{"key": "sk-live-1234567890', /^Line 1, column \d+: /],
  ["a.json", "", /^It is not JSON$/],
  ["a.yaml", "a: [1", /^Line \d+, column \d+: /],
  ["a.yaml", "a: 1\na: 2", /^Line 2, column 1: /],
  ["a.yml", "a: 0.30 # warmer", { a: 0.3 }],
])("%s with %j", (name, text, expected) => {
  const read = readDocument(text, formatOf(name) ?? "json");
  if (!(expected instanceof RegExp)) return expect(read).toEqual({ document: expected });
  expect("unreadable" in read && read.unreadable).toMatch(expected);
  expect(JSON.stringify(read)).not.toContain("sk-live");
});

test("other extensions are no format", () => {
  expect(formatOf("config.toml")).toBeUndefined();
  expect(variablesOf({}, "APP_")).toEqual([]);
});

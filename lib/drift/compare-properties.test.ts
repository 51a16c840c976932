import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { setAt } from "#lib/kernel/pointer.ts";
import { FINDING_KINDS } from "./model.ts";
import { normalise } from "./normalise.ts";
import { aRule, differencesOf, isDrifted, rulesWith, shuffled } from "./testing/question.ts";

/** A catalogue in which every way of comparing occurs, and a part of the document that nothing describes. */
const rules = rulesWith([
  aRule({ pattern: "/number", schema: { type: "number" }, comparison: { as: "number" }, default: 1 }),
  aRule({ pattern: "/near", comparison: { tolerance: 0.05 } }),
  aRule({ pattern: "/boolean", comparison: { as: "boolean" }, default: false }),
  aRule({ pattern: "/duration", comparison: { as: "duration" }, unit: "s", default: "30s" }),
  aRule({ pattern: "/quantity", comparison: { as: "quantity" } }),
  aRule({ pattern: "/semver", comparison: { as: "semver" } }),
  aRule({ pattern: "/url", comparison: { as: "url" } }),
  aRule({ pattern: "/word", comparison: { as: "case_insensitive", absentAs: ["null", "empty"] } }),
  aRule({ pattern: "/set", comparison: { list: "set", absentAs: ["empty"] } }),
  aRule({ pattern: "/keyed", comparison: { list: { key: ["a"] } } }),
  aRule({ pattern: "/prompts/**", kind: "prompt" }),
  aRule({ pattern: "/trimmed", comparison: { text: "trimmed" } }),
  aRule({ pattern: "/nfc", comparison: { text: "nfc" } }),
  aRule({ pattern: "/at", comparison: { isVolatile: true } }),
  aRule({ pattern: "/fallbacks/*/order", default: 1 }),
  aRule({ pattern: "/fallbacks/*" }),
  aRule({
    pattern: "/flags/*",
    kind: "flag",
    schema: { type: "object", properties: { enabled: { type: "boolean" }, note: { default: "" } } },
  }),
  aRule({ pattern: "/guard/*/threshold", kind: "guardrail", strictness: "lower_is_stricter" }),
]);

const text = fc.oneof(
  fc.constantFrom(
    "a\r\nb\r\n",
    "a\nb",
    "a\n\n",
    "v1.2",
    "1.2.0",
    "30s",
    "PT1M",
    "512Mi",
    "1",
    "0.30",
    "ON",
    "",
    "e\u0301 ",
  ),
  fc.constantFrom("https://A.example:443/x%2f", "\r\r\n", "\r", " x "),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 30, 0.3, 0.34, 1e21, -0),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  text,
);
const key = fc.constantFrom("a", "b", "order", "enabled", "note", "threshold", "~/", "$secret", "$redacted");
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const names = [
  "number near boolean duration quantity semver url word set keyed prompts trimmed nfc at fallbacks flags guard other",
].flatMap((list) => list.split(" "));
const document: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...names), value, {
  maxKeys: 8,
  noNullPrototype: true,
});
/** Two documents that have much in common. */
const pair = fc.tuple(document, document, document).map(
  ([shared, a, b]) =>
    [
      { ...shared, ...a },
      { ...shared, ...b },
    ] as const,
);

const compare = (declared: JsonObject, observed: JsonObject) => differencesOf({ rules, declared, observed });
const shown = (declared: JsonObject, observed: JsonObject) =>
  compare(declared, observed)
    .map((found) => found.pointer)
    .sort();

test("it is drifted exactly when a difference that nothing hides can be shown", () => {
  fc.assert(
    fc.property(
      pair,
      fc.subarray([...FINDING_KINDS]),
      fc.constantFrom("/**", "/other/**", "/set"),
      ([a, b], kinds, pattern) => {
        const ignoreRule = { id: "i", pattern, kinds, environments: [], bundle: null, endedAt: null };
        const ignoreRules = [{ ...ignoreRule, expiresAt: new Date("2027-01-01T00:00:00Z") }];
        const found = differencesOf({ rules, declared: a, observed: b, ignoreRules });
        const visible = found.filter((one) => one.ignoredBy === undefined);
        expect(isDrifted(found)).toBe(visible.length > 0);
        for (const one of found) {
          expect(one.summary).not.toBe("");
          expect(one.declared !== undefined || one.observed !== undefined).toBe(true);
        }
        expect(new Set(found.map((one) => one.pointer)).size).toBe(found.length);
      },
    ),
    { numRuns: 500 },
  );
});

test("a document does not differ from itself", () => {
  fc.assert(
    fc.property(document, (a) => {
      expect(compare(a, structuredClone(a))).toEqual([]);
    }),
  );
});

test("what differs seen from one side differs seen from the other", () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(shown(a, b)).toEqual(shown(b, a));
    }),
    { numRuns: 500 },
  );
});

test("normalising what is normalised changes nothing", () => {
  fc.assert(
    fc.property(document, (a) => {
      const once = normalise({ rules, bundle: "assistant", document: a });
      const outermost = [...once.values()].sort((one, other) => one.pointer.length - other.pointer.length);
      const written = outermost.reduce<Json>((json, one) => setAt(json, one.pointer, one.value), {});
      const twice = normalise({ rules, bundle: "assistant", document: isJsonObject(written) ? written : {} });
      // An empty mapping with a default inside is filled once the default is written out.
      const isFilled = (pointer: string) => [...once.keys()].some((other) => other.startsWith(`${pointer}/`));
      const texts = (normal: typeof once) =>
        [...normal.values()].filter((one) => !isFilled(one.pointer)).map((one) => `${one.pointer} ${one.text}`);
      expect(texts(twice).sort()).toEqual(texts(once).sort());
    }),
    { numRuns: 500 },
  );
});

test("neither the order of keys nor the spelling of the document changes what is found", () => {
  fc.assert(
    fc.property(pair, fc.infiniteStream(fc.nat(1_000)), ([a, b], numbers) => {
      const swap = (count: number) => Number(numbers.next().value ?? 0) % count;
      const other = JSON.parse(JSON.stringify(shuffled(b, swap), null, 3)) as JsonObject;
      expect(shown(a, other)).toEqual(shown(a, b));
    }),
  );
});

test("writing defaults out, on either side, changes nothing", () => {
  const defaults = { number: 1, boolean: false, duration: 30 };
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(shown({ ...defaults, ...a }, b)).toEqual(shown(a, b));
      expect(shown(a, { ...defaults, ...b })).toEqual(shown(a, b));
    }),
  );
});

test("the order of a set, and how often it says a thing, change nothing", () => {
  fc.assert(
    fc.property(pair, fc.array(value, { minLength: 1, maxLength: 4 }), ([a, b], items) => {
      const [declared, observed] = [
        { ...a, set: items },
        { ...b, set: [...items, items[0] ?? null].reverse() },
      ];
      expect(shown(declared, observed)).not.toContain("/set");
    }),
  );
});

test("how lines end changes nothing, and what is inside them does", () => {
  const line = fc.stringMatching(/^[a-z ]{0,8}[a-z]$/);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      const prompt = (ending: string, tail: string) => ({ prompts: { system: lines.join(ending) + tail } });
      expect(compare(prompt("\n", ""), prompt(end, end))).toEqual([]);
      expect(compare(prompt("\n", ""), prompt(end, " ")).map((one) => one.kind)).toEqual(["prompt_changed"]);
    }),
  );
});

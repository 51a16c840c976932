import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLayer } from "./parse.ts";

const bomb = `a: &a [${"x,".repeat(9)}x]\n${["b", "c", "d", "e", "f"]
  .map((name, index) => `${name}: &${name} [${`*${"abcdef"[index]},`.repeat(9)}*${"abcdef"[index]}]`)
  .join("\n")}`;
const textBomb = `a: &a "${"x".repeat(400_000)}"\nb: [*a, *a, *a]`;
const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const nestedBlock = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}k:`).join("\n");

describe("what is refused, and where", () => {
  test.each([
    ["a duplicate key", "a: 1\nb: 2\na: 3\n", "yaml.duplicate_key", 3, 1],
    ["a duplicate key in JSON", '{"a": 1, "b": {"c": 1,\n "c": 2}}', "yaml.duplicate_key", 2, 2],
    ["a duplicate key spelt with an escape", '"a": 1\n"\\x61": 2', "yaml.duplicate_key", 2, 1],
    ["__proto__", "a:\n  __proto__: {admin: true}", "yaml.forbidden_key", 2, 3],
    ["__proto__ with an escape", '"__pr\\u006fto__": {admin: true}', "yaml.forbidden_key", 1, 1],
    ["constructor", '{"a": {"constructor": 1}}', "yaml.forbidden_key", 1, 8],
    ["prototype", "prototype: 1", "yaml.forbidden_key", 1, 1],
    ["a custom tag", "a: 1\nb: !!js/function 'x'", "yaml.tag", 2, 18],
    ["a local tag", "a: !secret x", "yaml.tag", 1, 12],
    ["a binary tag", "a: !!binary aGk=", "yaml.tag", 1, 13],
    ["a tagged mapping", "a: !!omap [b: 1]", "yaml.tag", 1, 11],
    ["a tagged key", "!x a: 1", "yaml.tag", 1, 4],
    ["an alias bomb", bomb, "yaml.too_many_leaves", 1, 8],
    ["an alias bomb of text", textBomb, "yaml.alias_bomb", 1, 7],
    ["an alias inside its own anchor", "a: &a\n  b: *a", "yaml.alias", 2, 6],
    ["an alias of nothing", "a: *nowhere", "yaml.alias", 1, 4],
    ["a merge key", "a: &a {x: 1}\nb:\n  <<: *a", "yaml.merge_key", 3, 3],
    ["infinity", "a: .inf", "yaml.not_finite", 1, 4],
    ["minus infinity", "a: -.inf", "yaml.not_finite", 1, 4],
    ["not a number", "a: .nan", "yaml.not_finite", 1, 4],
    ["a number too great for a double", "a: 1e400", "yaml.not_finite", 1, 4],
    ["an integer too great for a double", `a: 1${"0".repeat(400)}`, "yaml.not_finite", 1, 4],
    ["an integer that would be rounded", "a: 9007199254740993", "yaml.inexact_integer", 1, 4],
    ["a lone surrogate in the text", "a: x\nb: \ud800x", "yaml.not_unicode", 2, 4],
    ["a lone surrogate by escape", 'a: "\\ud800"', "yaml.not_unicode", 1, 4],
    ["a lone surrogate in a key", '"\\udc00": 1', "yaml.not_unicode", 1, 1],
    ["two documents", "a: 1\n---\nb: 2", "yaml.many_documents", 2, 1],
    ["a directive that switches the version", "%YAML 1.1\n---\na: yes", "yaml.directive", 1, 1],
    ["a list at the root", "- 1\n- 2", "yaml.not_an_object", 1, 1],
    ["text at the root", "hello", "yaml.not_an_object", 1, 1],
    ["null at the root", "null", "yaml.not_an_object", 1, 1],
    ["more than 1 MiB", `a: "${"é".repeat(524_288)}"`, "yaml.too_large", 1, 1],
    ["33 levels in brackets", `{"a": ${deep(32)}}`, "yaml.too_deep", 1, 38],
    ["500,000 levels", "[".repeat(500_000), "yaml.too_deep", 1, 33],
    ["300,000 explicit keys", "? ".repeat(300_000), "yaml.too_deep", 1, 65],
    ["34 levels of blocks", nestedBlock(34), "yaml.too_deep", 33, 33],
    ["33 levels by alias", `a: &a ${deep(20)}\nb: ${"[".repeat(15)}*a${"]".repeat(15)}`, "yaml.too_deep", 1, 23],
    ["10,001 leaves", `a: [${"1,".repeat(10_001)}]`, "yaml.too_many_leaves", 1, 1],
    ["a key that is a number", "weights:\n  1: 0.5", "yaml.key_not_text", 2, 3],
    ["a key that is a list", "? [a, b]\n: 1", "yaml.key_not_text", 1, 3],
    ["a key that is null", "~: 1", "yaml.key_not_text", 1, 1],
    ["a tab as indentation", "a:\n\tb: 1", "yaml.syntax", 2, 1],
    ["a bracket left open", "a: [1, 2\nb: 3", "yaml.syntax", 2, 1],
    ["bad indentation", "a: 1\n  b: 2", "yaml.syntax", 1, 4],
  ])("%s", (_, text, rule, line, column) => {
    const { value, problems } = parseLayer(text, "base");
    expect(problems.map((problem) => problem.rule)).toContain(rule);
    expect(problems.find((problem) => problem.rule === rule)).toMatchObject({
      severity: "error",
      layer: "base",
      line,
      column,
    });
    expect(value).toBeNull();
  });

  test("a prototype is never touched", () => {
    parseLayer('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}', "base");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("a refusal never repeats a value", () => {
    const secret = "sk-live-0123456789abcdef";
    for (const text of [`a: !${secret} x`, `a: "${secret}`, `a: *${secret}`, `a: [${secret}`, `a: ${secret}: b: c`]) {
      expect(JSON.stringify(parseLayer(text, "base").problems)).not.toContain(secret);
    }
  });
});

describe("what is read", () => {
  test.each([
    ["nothing", "", {}],
    ["only comments", "# later\n\n# more\n", {}],
    ["an empty document with a marker", "---\n", {}],
    ["JSON indented with tabs", '{\n\t"a": [\n\t\t1\n\t]\n}', { a: [1] }],
    ["a byte order mark", "\ufeffa: 1", { a: 1 }],
    [
      "numbers as JSON knows them",
      "a: 1.0\nb: -0\nc: 0x10\nd: 1e3\ne: 9007199254740992",
      { a: 1, b: 0, c: 16, d: 1000, e: 2 ** 53 },
    ],
    [
      "words of YAML 1.1 as text",
      "a: 'yes'\nb: 1_000\nc: 12:30:00\nd: 2026-01-01",
      { a: "yes", b: "1_000", c: "12:30:00", d: "2026-01-01" },
    ],
    ["a shared value by alias", "a: &x {n: 1}\nb: *x", { a: { n: 1 }, b: { n: 1 } }],
    ["an anchor that is defined again", "a: &x 1\nb: &x 2\nc: *x", { a: 1, b: 2, c: 2 }],
    ["a quoted merge key", "'<<': 1", { "<<": 1 }],
    ["a core tag", "a: !!str 1", { a: "1" }],
    ["an escaped pair", '{"a": "\\ud83d\\ude00"}', { a: "😀" }],
    ["a folded prompt", "a: |\n  one\n  two\n", { a: "one\ntwo\n" }],
    ["32 levels", `{"a": ${deep(31)}}`, null],
    ["10,000 leaves", `a: [${"1,".repeat(10_000)}]`, null],
  ])("%s", (_, text, expected) => {
    const { value, problems } = parseLayer(text, "base");
    expect(problems).toEqual([]);
    if (expected === null) expect(value).not.toBeNull();
    else expect(value).toEqual(expected);
  });

  test("“yes” is text, with a warning that says so", () => {
    const { value, problems } = parseLayer("a: yes", "base");
    expect(value).toEqual({ a: "yes" });
    expect(problems).toMatchObject([{ rule: "yaml.ambiguous", severity: "warning", pointer: "/a" }]);
  });
});

describe("where a pointer stands", () => {
  const { locate } = parseLayer("model:\n  name: x\n  a/b: [1, 20]\nempty:\n", "base");
  test.each([
    ["a value", "/model/name", { line: 2, column: 9, endLine: 2, endColumn: 10 }],
    ["an item, under an escaped key", "/model/a~1b/1", { line: 3, column: 12, endLine: 3, endColumn: 14 }],
    ["an empty value, by its key", "/empty", { line: 4, column: 1, endLine: 4, endColumn: 6 }],
    ["what is missing, by its parent's key", "/model/missing/deep", { line: 1, column: 1, endLine: 1, endColumn: 6 }],
    ["what is missing at the root", "/missing", { line: 1, column: 1 }],
  ])("%s", (_, pointer, expected) => {
    expect(locate(pointer)).toEqual(expected);
  });
});

const yamlish = fc.array(
  fc.oneof(
    fc.constantFrom(
      "a",
      "b",
      ":",
      ": ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "\n",
      "\n  ",
      "&a ",
      "*a",
      "!x ",
      "#",
      "|",
      ">",
      '"',
      "'",
      "\\u",
      "%",
      "---",
      "? ",
      "<<",
      "\t",
      "1",
      "\ud800",
    ),
    fc.string({ maxLength: 3, unit: "binary" }),
  ),
  { maxLength: 40 },
);

describe("properties", () => {
  test("no text makes it throw, and what it refuses has a place", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          yamlish.map((parts) => parts.join("")),
        ),
        (text) => {
          const { value, problems, locate } = parseLayer(text, "base");
          expect(value === null).toBe(problems.some((problem) => problem.severity === "error"));
          for (const problem of problems) expect(problem.line).toBeGreaterThan(0);
          locate("/a/0");
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("any JSON object is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 4 })), (object) => {
        const text = JSON.stringify(object);
        fc.pre(!/"(?:__proto__|constructor|prototype)":/u.test(text) && text.isWellFormed());
        const { value, problems } = parseLayer(text, "base");
        expect(problems).toEqual([]);
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 1000 },
    );
  });
});

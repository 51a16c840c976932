import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { jsonEqual } from "#lib/kernel/json.ts";
import { setAt } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { removeInSource, setInSource, sourceFromJson, toJsonText, toYaml } from "./edit-source.ts";
import { parseLayer } from "./parse.ts";

const text = `# The assistant's answers
model:
  name: gpt-4o-2024-08-06 # pinned

# How it samples
sampling:
  temperature: 0.20
  stop: [END, "STOP"] # both

prompts:
  # Reviewed by legal
  system: |
    Be kind.
    Be brief.
tools:
  - search # first
  - browse
`;

test.each([
  ["a number, beside its comment", "/sampling/temperature", 0.3, "temperature: 0.20", "temperature: 0.3"],
  [
    "text, keeping its comment",
    "/model/name",
    "gpt-4o-2024-11-20",
    "name: gpt-4o-2024-08-06 # pinned",
    "name: gpt-4o-2024-11-20 # pinned",
  ],
  ["a prompt, in its block", "/prompts/system", "Be kind.\nBe long.\n", "Be brief.", "Be long."],
  ["an item of a list", "/tools/1", "fetch", "- browse", "- fetch"],
  [
    "a new member",
    "/sampling/top_p",
    0.9,
    '  stop: [END, "STOP"] # both\n',
    '  stop: [END, "STOP"] # both\n  top_p: 0.9\n',
  ],
])("setting %s changes that line alone", (_, pointer, value, from, to) => {
  const expected = text.replace(from, to);
  expect(expected).not.toBe(text);
  expect(setInSource(text, pointer, value)).toBe(expected);
});

test("removing a member keeps the comments of the others", () => {
  const without = removeInSource(text, "/sampling/temperature");
  expect(without).not.toContain("temperature");
  for (const comment of [
    "# The assistant's answers",
    "# pinned",
    "# How it samples",
    "# both",
    "# Reviewed by legal",
    "# first",
  ]) {
    expect(without).toContain(comment);
  }
});

test("nothing changes when the value is the same", () => {
  expect(setInSource(text, "/sampling/temperature", 0.2)).toBe(text);
  expect(removeInSource(text, "/nowhere")).toBe(text);
});

test("indentation by four columns stays", () => {
  expect(setInSource("a:\n    b: 1\n", "/a/c", { d: 2 })).toBe("a:\n    b: 1\n    c:\n        d: 2\n");
});

test("lists that are not indented stay so", () => {
  expect(setInSource("a:\n- 1\n- 2\nb: 1\n", "/b", 2)).toBe("a:\n- 1\n- 2\nb: 2\n");
});

test("a text of comments alone keeps them above what is added", () => {
  expect(setInSource("# Only production differs\n", "/a", 1)).toBe("# Only production differs\n\na: 1\n");
  expect(setInSource("", "/a/b", 1)).toBe("a:\n  b: 1\n");
});

test("JSON stays JSON", () => {
  expect(setInSource('{"a": 1}', "/b", "x")).toBe('{\n  "a": 1,\n  "b": "x"\n}\n');
});

describe("aliases", () => {
  const shared = "a: &x\n  n: 1 # one\nb: *x\n";
  test("editing one of two places that share a value leaves the other", () => {
    expect(parseLayer(setInSource(shared, "/b/n", 2), "base").value).toEqual({ a: { n: 1 }, b: { n: 2 } });
    expect(parseLayer(setInSource(shared, "/a/n", 2), "base").value).toEqual({ a: { n: 2 }, b: { n: 1 } });
    expect(setInSource(shared, "/b/n", 2)).toContain("# one");
  });
  test("removing the anchor leaves the value where it was used", () => {
    expect(parseLayer(removeInSource(shared, "/a"), "base").value).toEqual({ b: { n: 1 } });
  });
});

test("text that can't be read is not edited, with its place", () => {
  expect(() => setInSource("a: [1\n", "/a", 1)).toThrow(Refusal);
  expect(() => setInSource("a: 1\na: 2\n", "/a", 1)).toThrow(/line 2, column 1/u);
});

const key = fc.oneof(
  fc.constantFrom("a", "b", "<<", "yes", "1", "x y", "~", "a/b", "#c", "-"),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);
const tree: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "yes",
        "null",
        "1.0",
        "0x1f",
        "# no",
        "a: b",
        "line\nline\n",
        "line\n\n  indented\n",
        " lead",
        "trail ",
        "\ttab",
        "---",
        "%x",
        "'",
        '"',
        "\n",
        "a\r\nb",
      ),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
  ),
})).tree;
const object = fc
  .dictionary(key, tree, { maxKeys: 5 })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject)
  .filter((value) => {
    const { problems } = parseLayer(JSON.stringify(value), "base");
    return problems.every((problem) => problem.severity !== "error");
  });

describe("properties", () => {
  test("what is written as YAML or JSON is read back the same, without a warning", () => {
    fc.assert(
      fc.property(object, (value) => {
        const yaml = parseLayer(toYaml(value), "base");
        expect(yaml.problems).toEqual([]);
        expect(jsonEqual(yaml.value ?? undefined, value)).toBe(true);
        expect(jsonEqual(parseLayer(toJsonText(value), "base").value ?? undefined, value)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("any document can be turned into any other through its text", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const edited = sourceFromJson(after, `# kept\n\n${toYaml(before)}`);
        expect(jsonEqual(parseLayer(edited, "base").value ?? undefined, after)).toBe(true);
        expect(edited).toContain("# kept");
      }),
      { numRuns: 1_000 },
    );
  });

  test("setting by pointer does to the text what it does to the value", () => {
    fc.assert(
      fc.property(object, tree, (before, value) => {
        const edited = setInSource(toYaml(before), "/a", value);
        expect(jsonEqual(parseLayer(edited, "base").value ?? undefined, setAt(before, "/a", value))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { parseVariables, writeVariables } from "./env-file.ts";
import { obstacleTo, overriddenBy, readVariables, textOf, variablesOf } from "./variables.ts";

const declared: JsonObject = {
  sampling: { temperature: 0.2, "top-p": 1, stop: ["</answer>"] },
  guardrails: { enabled: true },
  prompt: "Be kind.\nAnd brief: don't ramble",
  seed: null,
};
const variables = variablesOf(declared, "APP_");
const asEnvironment = Object.fromEntries(variables.map(({ name, value }) => [name, textOf(value)]));

test("each parameter has a variable", () => {
  expect(asEnvironment).toEqual({
    APP_SAMPLING_TEMPERATURE: "0.2",
    APP_SAMPLING_TOP_P: "1",
    APP_SAMPLING_STOP: '["</answer>"]',
    APP_GUARDRAILS_ENABLED: "true",
    APP_PROMPT: "Be kind.\nAnd brief: don't ramble",
    APP_SEED: "null",
  });
});

test.each<[string, JsonObject, string, RegExp | undefined]>([
  ["fits", declared, "APP_", undefined],
  ["has two of one name", { "a-b": 1, a: { b: 2 } }, "", /\/a-b and \/a\/b would both be the variable A_B/],
  ["begins with a digit", { "1st": 1 }, "", /\/1st would be the variable 1ST/],
  [
    "names a library to load",
    { ld: { preload: "/tmp/x.so" } },
    "",
    /\/ld\/preload would be the variable LD_PRELOAD, .*prefix/,
  ],
  ["names options of an interpreter", { "node-options": "--import x" }, "", /NODE_OPTIONS, which steers what is run/],
  ["names where programs are", { path: "/tmp" }, "", /PATH, which steers what is run/],
  ["has such names behind a prefix", { path: "/tmp", ld: { preload: "x" } }, "APP_", undefined],
  ["holds a null character", { a: "x\0" }, "", /\/a holds a null character/],
])("a document that %s", (_, document, prefix, obstacle) => {
  const found = obstacleTo(variablesOf(document, prefix));
  if (obstacle === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(obstacle);
});

describe("a variable that is set to something else", () => {
  test.each<[string, string, unknown]>([
    ["APP_SAMPLING_TEMPERATURE", "0.9", 0.9],
    ["APP_SAMPLING_TEMPERATURE", "warm", "warm"],
    ["APP_GUARDRAILS_ENABLED", "false", false],
    ["APP_GUARDRAILS_ENABLED", "0", "0"],
    ["APP_SAMPLING_STOP", '["x"]', ["x"]],
    ["APP_SAMPLING_STOP", "x", "x"],
    ["APP_SEED", "7", "7"],
    ["APP_PROMPT", "42", "42"],
  ])("%s=%s is what runs, and says where it is from", (name, text, value) => {
    const { document, origins } = overriddenBy(declared, variables, { environment: { [name]: text }, where: "" });
    const pointer = variables.find((one) => one.name === name)?.pointer ?? "";
    expect(variablesOf(document, "APP_").find((one) => one.name === name)?.value).toEqual(value);
    expect(origins).toEqual({ [pointer]: `environment variable ${name}` });
  });

  test("is nothing when it is set to what is declared, or not the program's", () => {
    const environment = { ...asEnvironment, OTHER: "1", APP_UNKNOWN: "2" };
    expect(overriddenBy(declared, variables, { environment, where: "" })).toEqual({ document: declared, origins: {} });
  });
});

/**
 * How systemd reads an EnvironmentFile (systemd.exec(5)): quotes count at the beginning of a value and after a quoted
 * part; elsewhere they are letters, and a line's end ends the value.
 */
function asSystemd(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const [line = "", name, after = ""] = /^(?:#.*\n|([A-Z_]+)=([\s\S]*))/.exec(rest) ?? [];
    if (name === undefined) {
      if (line === "") throw new Error(`No variable begins at ${rest}`);
      rest = rest.slice(line.length);
      continue;
    }
    const quoted = /^(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*")*/.exec(after)?.[0] ?? "";
    const plain = /^(?:[^\n\\]|\\[\s\S])*/.exec(after.slice(quoted.length))?.[0] ?? "";
    const parts = [...quoted.matchAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g)].map(
      ([, single, double]) => single ?? double?.replaceAll(/\\([$`"\\])/g, "$1"),
    );
    found[name] = parts.join("") + plain.replaceAll(/\\([\s\S])/g, "$1");
    rest = after.slice(quoted.length + plain.length).replace(/^\n/, "");
  }
  return found;
}

const inAFile = { prefix: "APP_", where: " in app.env" };

describe("an environment file", () => {
  test("says what was written into it, whatever that is", () => {
    const value = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,6}$/), value, { maxKeys: 5 }), (all) => {
        const plain = { ...all };
        expect(parseVariables(writeVariables(plain, "Made by a test"))).toEqual({ variables: plain });
      }),
    );
  });

  test.each([
    ["a quote before a line of its own", "it's\nLD_PRELOAD=/tmp/x.so\nB='"],
    ["what a shell would expand", '$HOME `id` $(id) \\ " !x'],
    ["a backslash at the end of a line", "a\\\nb\\"],
  ])("keeps %s in one variable, for a shell and for systemd", (_, value) => {
    const text = writeVariables({ A: value, Z: "end" }, "Made by a test");
    expect(parseVariables(text)).toEqual({ variables: { A: value, Z: "end" } });
    const shell = ["-c", 'eval "$1"; printf %s "$A"', "sh", text];
    expect(execFileSync("sh", shell, { encoding: "utf8" })).toBe(value);
    expect(asSystemd(text)).toEqual({ A: value, Z: "end" });
  });

  test.each<[string, Record<string, string> | RegExp]>([
    ['A="a\\\\\nb\\\nc"', { A: "a\\\nbc" }],
    ['A=1\nexport B=two # comment\n\n# all of it\nC=\'a b\'"c\\"d"e\\ f', { A: "1", B: "two", C: 'a bc"de f' }],
    ["A=\r\nB=a#b\r\n", { A: "", B: "a#b" }],
    ["A=1\nB = 2", /^Line 2: expected NAME=value/],
    ["A='never ends\nB=1", /^Line 1: /],
    ["A=one two", /^Line 1: /],
    ["1A=x", /^Line 1: /],
  ])("%j", (text, expected) => {
    const found = parseVariables(text);
    if (expected instanceof RegExp) expect("unreadable" in found && found.unreadable).toMatch(expected);
    else expect(found).toEqual({ variables: expected });
  });

  test("is read back as the declared document, and what was edited as an override", () => {
    const text = writeVariables(asEnvironment, "Made by a test");
    expect(readVariables(text, declared, inAFile)).toEqual({ document: declared, origins: {} });
    const edited = text
      .replace('APP_SAMPLING_TEMPERATURE="0.2"', "APP_SAMPLING_TEMPERATURE=0.7")
      .replace(/APP_SEED.*\n/, "");
    const { seed: _, ...rest } = declared;
    expect(readVariables(edited, declared, inAFile)).toEqual({
      document: { ...rest, sampling: { temperature: 0.7, "top-p": 1, stop: ["</answer>"] } },
      origins: { "/sampling/temperature": "environment variable APP_SAMPLING_TEMPERATURE in app.env" },
    });
  });
});

import { describe, expect, test } from "vitest";
import type { Comparison, Operation } from "./model.ts";
import { DEFAULT_OPERATION } from "./operations.ts";
import { checkRules } from "./rules-check.ts";
import { RulesDocument } from "./rules-document.ts";
import { aRule, someRules } from "./testing/rules-fixture.ts";

const around = { environments: ["development", "production"], groups: ["platform"] };

describe("how a parameter is compared", () => {
  const problems = (comparison: Comparison, type: string | null) => {
    const rule = aRule({ pattern: "/x", comparison, schema: type === null ? {} : { type } });
    return checkRules(someRules({ parameters: [rule] }), around).map(({ path }) => path.split(".").at(-1));
  };

  test.each<readonly [string, Comparison, string | null]>([
    ["a tolerance for a number", { tolerance: 0.1 }, "number"],
    ["a tolerance for text that is read as a length of time", { as: "duration", tolerance: 1 }, "string"],
    ["a set", { list: "set", absentAs: ["empty"] }, "array"],
    ["anything where the schema says no type", { list: "set" }, null],
    ["shared bounds", { owner: "shared", bounds: { minimum: 1, maximum: 1 } }, "integer"],
    ["a number read from text", { as: "number" }, "number"],
    ["a prompt's Unicode forms", { text: "nfc" }, "string"],
    ["something volatile", { isVolatile: true }, "string"],
  ])("takes %s", (_, comparison, type) => {
    expect(problems(comparison, type)).toEqual([]);
  });

  test.each<readonly [string, Comparison, string, string]>([
    ["bounds without sharing", { bounds: { minimum: 1 } }, "number", "bounds"],
    ["bounds for what the runtime owns", { owner: "runtime", bounds: { minimum: 1 } }, "number", "bounds"],
    ["sharing without bounds", { owner: "shared" }, "number", "bounds"],
    ["sharing with empty bounds", { owner: "shared", bounds: {} }, "number", "bounds"],
    ["bounds the wrong way round", { owner: "shared", bounds: { minimum: 2, maximum: 1 } }, "number", "bounds"],
    ["a tolerance for text", { tolerance: 1 }, "string", "tolerance"],
    ["a number as a set", { list: "set" }, "number", "list"],
    ["a number as text", { text: "nfc" }, "number", "text"],
    ["a number as an address", { as: "url" }, "number", "as"],
    ["trimming what is read", { as: "semver", text: "trimmed" }, "string", "text"],
    ["a tolerance of what is volatile", { isVolatile: true, tolerance: 1 }, "number", "tolerance"],
    ["the order of what the runtime owns", { owner: "runtime", list: "set" }, "array", "list"],
  ])("refuses %s", (_, comparison, type, field) => {
    expect(problems(comparison, type)).toEqual([field]);
  });
});

describe("how environments are operated", () => {
  const problems = (operations: readonly Operation[]) =>
    checkRules(someRules({ operations }), around).map(({ path }) => path);
  const operation = (id: string, environments: readonly string[]): Operation => ({
    ...DEFAULT_OPERATION,
    id,
    environments,
  });

  test("takes one for an environment and one for the others", () => {
    const operations = [operation("production", ["production"]), operation("others", [])];
    expect(problems(operations)).toEqual([]);
    expect(RulesDocument.parse(someRules({ operations }))).toEqual(someRules({ operations }));
  });

  test.each([
    ["an unknown environment", [operation("a", ["prod"])], ["operations.0.environments"]],
    ["the same id twice", [operation("a", ["production"]), operation("a", [])], ["operations.1.id"]],
    ["one that never applies", [operation("a", []), operation("b", ["production"])], ["operations.1.environments"]],
    [
      "one for what others name together",
      [operation("a", ["production"]), operation("b", ["development"]), operation("c", [])],
      ["operations.2.environments"],
    ],
  ])("refuses %s", (_, operations, paths) => {
    expect(problems(operations)).toEqual(paths);
  });
});

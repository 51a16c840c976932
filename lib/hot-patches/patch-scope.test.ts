import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "#lib/kernel/json.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import type { PatchChange } from "./model.ts";
import { conflictsWith, overlaps, scopeProblems } from "./patch-scope.ts";

const current = { temperature: 0.2, model: { name: "m-2025-01-01", region: "eu" }, stop: ["END", "STOP"], key: "v" };
const rules = someRules({
  parameters: [
    aRule({ pattern: "/temperature", title: "Temperature" }),
    aRule({ pattern: "/model/name", title: "Model", locked: true }),
    aRule({ pattern: "/model/region", title: "Region", tier: "build" }),
    aRule({ pattern: "/guards/*/threshold", title: "Threshold", locked: true }),
  ],
});
const set = (pointer: string, after: Json, before?: Json): PatchChange => ({
  pointer,
  after,
  ...(before !== undefined && { before }),
});
const problemsOf = (changes: readonly PatchChange[]) =>
  scopeProblems({ changes, rules, bundle: "assistant", current }).map((problem) => problem.message);

describe("what a patch may touch", () => {
  test.each<[string, readonly PatchChange[], string | null]>([
    ["a parameter", [set("/temperature", 0.9, 0.2)], null],
    ["one that is not described", [set("/other", 1)], null],
    ["taking one away", [{ pointer: "/key", before: "v" }], null],
    ["nothing", [], "Name at least one parameter"],
    ["too many", Array.from({ length: 21 }, (_, index) => set(`/p${index}`, 1)), "at most 20 parameters"],
    ["the whole document", [set("", {})], "never replaces the whole document"],
    ["what is no pointer", [set("temperature", 1)], "not a JSON Pointer"],
    ["a wildcard", [set("/model/*", 1)], "has a wildcard"],
    ["a deep wildcard", [set("/model/**", 1)], "has a wildcard"],
    ["the same twice", [set("/temperature", 1, 0.2), set("/temperature", 2, 0.2)], "overlaps /temperature"],
    ["one inside another", [set("/other", {}), set("/other/one", 2)], "overlaps /other"],
    ["a locked one", [set("/model/name", "n", "m-2025-01-01")], "Model is locked"],
    ["one of tier build", [set("/model/region", "us", "eu")], "only takes effect with a new build"],
    ["a mapping with a locked one in it", [set("/model", {}, { name: "m" })], "Model is locked"],
    ["a mapping that a locked pattern reaches into", [set("/guards", { a: 1 }, { a: 0 })], "Threshold is locked"],
    ["inside a list", [set("/stop/0", "X", "END")], "is inside the list /stop"],
    ["the value it has", [set("/temperature", 0.2, 0.2)], "has this value already"],
    ["taking away what is not there", [{ pointer: "/gone" }], "cannot be taken away"],
  ])("%s", (_, changes, message) => {
    const [first] = problemsOf(changes);
    if (message === null) expect(first).toBeUndefined();
    else expect(first).toContain(message);
  });
});

describe("conflicts", () => {
  const other = { number: 7, incident: "INC-1", changes: [set("/a/b", 1)] };
  test.each([
    ["the same parameter", "/a/b", true],
    ["one below", "/a/b/c", true],
    ["one above", "/a", true],
    ["a neighbour", "/a/bc", false],
    ["another", "/x", false],
  ] as const)("%s", (_, pointer, isConflict) => {
    const found = conflictsWith([{ pointer }], [other]);
    expect(found).toEqual(isConflict ? [{ pointer, number: 7, incident: "INC-1", theirs: "/a/b" }] : []);
  });

  test("overlapping is mutual", () => {
    const segment = fc.constantFrom("a", "b", "ab");
    const pointer = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(fc.property(pointer, pointer, (a, b) => overlaps(a, b) === overlaps(b, a)));
  });
});

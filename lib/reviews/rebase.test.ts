import { expect, test } from "vitest";
import { DEFAULT_OPERATION } from "#lib/systems/operations.ts";
import { aConstraint, aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { assertKnownBundles, rebaseDocument, rebaseRules } from "./rebase.ts";
import { aPolicy } from "./testing/facts.ts";

const base = { base: { a: 1, b: { c: 2, d: 3 } }, overlays: { staging: { a: 5 } } };

test("base and each overlay are merged parameter by parameter", () => {
  const ours = { base: { a: 1, b: { c: 9, d: 3 } }, overlays: { staging: { a: 5 }, production: { a: 7 } } };
  const theirs = { base: { a: 1, b: { c: 2, d: 8 }, e: 4 }, overlays: { staging: { a: 6 } } };
  expect(rebaseDocument("x", { base, ours, theirs }, [])).toEqual({
    merged: { base: { a: 1, b: { c: 9, d: 8 }, e: 4 }, overlays: { staging: { a: 6 }, production: { a: 7 } } },
    conflicts: [],
  });
});

test("an overlay that one side removed stays removed", () => {
  const ours = { ...base, overlays: {} };
  expect(rebaseDocument("x", { base, ours, theirs: base }, []).merged.overlays).toEqual({});
});

test.each([
  ["ours", undefined, { a: 2, b: { c: 2, d: 3 } }],
  ["theirs", undefined, { b: { c: 2, d: 3 } }],
  ["value", 4, { a: 4, b: { c: 2, d: 3 } }],
] as const)("a conflict decided for %s", (take, value, expected) => {
  const ours = { ...base, base: { ...base.base, a: 2 } };
  const theirs = { ...base, base: { b: base.base.b } };
  const place = { bundle: "x", layer: "base", pointer: "/a" };
  expect(rebaseDocument("x", { base, ours, theirs }, []).conflicts).toEqual([{ ...place, base: 1, ours: 2 }]);
  const decided = rebaseDocument("x", { base, ours, theirs }, [{ ...place, take, value }]);
  expect(decided).toEqual({ merged: { base: expected, overlays: base.overlays }, conflicts: [] });
});

test("a decision that nobody asked for is refused", () => {
  const stray = { bundle: "x", layer: "base", pointer: "/a", take: "ours" } as const;
  expect(() => rebaseDocument("x", { base, ours: base, theirs: base }, [stray])).toThrow("no conflict");
  expect(() => assertKnownBundles([stray], ["y"])).toThrow("not part of this change");
});

test("entries of the rules merge by their names, in the order of what is in force", () => {
  const first = aPolicy({ id: "first" });
  const before = someRules({ policies: [first], parameters: [aRule({ pattern: "/a" })] });
  const ours = {
    ...before,
    constraints: [aConstraint({ expression: "true" })],
    policies: [aPolicy({ id: "new" }), first],
  };
  const theirs = { ...before, policies: [aPolicy({ id: "zero" }), first], parameters: [] };
  const { merged, conflicts } = rebaseRules({ base: before, ours, theirs }, []);
  expect(conflicts).toEqual([]);
  expect(merged.policies.map((policy) => policy.id)).toEqual(["zero", "first", "new"]);
  expect(merged.parameters).toEqual([]);
  expect(merged.constraints).toHaveLength(1);
});

test("how environments are operated is merged like the rest of the rules, and never lost", () => {
  const operation = { ...DEFAULT_OPERATION, id: "production", environments: ["production"] };
  const before = { ...someRules({}), operations: [operation] };
  const ours = { ...before, operations: [operation, { ...operation, id: "staging", environments: ["staging"] }] };
  const theirs = {
    ...before,
    policies: [aPolicy({ id: "new" })],
    operations: [{ ...operation, undeclared: "warn" }],
  } as const;
  const { merged, conflicts } = rebaseRules({ base: before, ours, theirs }, []);
  expect(conflicts).toEqual([]);
  expect(merged.operations?.map(({ id, undeclared }) => [id, undeclared])).toEqual([
    ["production", "warn"],
    ["staging", "strict"],
  ]);
  const without = someRules({});
  expect(rebaseRules({ base: without, ours: before, theirs: without }, []).merged.operations).toEqual([operation]);
});

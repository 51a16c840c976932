import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { applyChanges, diffJson, type JsonChange } from "./diff.ts";
import { type Json, jsonEqual } from "./json.ts";
import { byCodeUnits } from "./order.ts";
import { leavesOf } from "./pointer.ts";
import { anyJson, document } from "./testing/json-arbitrary.ts";

test.each<[string, Json, Json, readonly JsonChange[]]>([
  ["nothing", { a: 1 }, { a: 1.0 }, []],
  ["another order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ["a value", { a: 1 }, { a: 2 }, [{ pointer: "/a", before: 1, after: 2 }]],
  ["a value that became null", { a: 1 }, { a: null }, [{ pointer: "/a", before: 1, after: null }]],
  ["a new parameter", {}, { a: { b: 1 } }, [{ pointer: "/a/b", after: 1 }]],
  ["a parameter that went", { a: { b: 1 } }, {}, [{ pointer: "/a/b", before: 1 }]],
  ["an item of a list", { a: [1, 2] }, { a: [1, 3] }, [{ pointer: "/a", before: [1, 2], after: [1, 3] }]],
  [
    "a scalar that became a group",
    { a: 1 },
    { a: { b: 2 } },
    [
      { pointer: "/a", before: 1 },
      { pointer: "/a/b", after: 2 },
    ],
  ],
  [
    "a group that became empty",
    { a: { b: 2 } },
    { a: {} },
    [
      { pointer: "/a", after: {} },
      { pointer: "/a/b", before: 2 },
    ],
  ],
])("the difference is %s", (_, before, after, changes) => {
  expect(diffJson(before, after)).toEqual(changes);
});

describe("laws", () => {
  const pairs = fc.oneof(fc.tuple(document, document), fc.tuple(anyJson, anyJson));

  test("applying a difference gives the other side, in both directions", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const changes = diffJson(before, after);
        const back = changes.map(({ pointer, ...change }) => reversed(pointer, change));
        expect(canonicalJson(applyChanges(before, changes))).toBe(canonicalJson(after));
        expect(canonicalJson(applyChanges(after, back))).toBe(canonicalJson(before));
      }),
      { numRuns: 500 },
    );
  });

  test("there is no difference exactly when the canonical forms are equal", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        expect(diffJson(before, after).length === 0).toBe(canonicalJson(before) === canonicalJson(after));
        expect(diffJson(before, structuredClone(before))).toEqual([]);
      }),
    );
  });

  test("a difference is exactly the leaves that are on one side only, or not the same", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const left = new Map(leavesOf(before).map((leaf) => [leaf.pointer, leaf.value]));
        const right = new Map(leavesOf(after).map((leaf) => [leaf.pointer, leaf.value]));
        const pointers = [...new Set([...left.keys(), ...right.keys()])]
          .filter((pointer) => !jsonEqual(left.get(pointer), right.get(pointer)))
          .sort(byCodeUnits);
        const changes = diffJson(before, after);
        expect(changes.map((change) => change.pointer)).toEqual(pointers);
        for (const change of changes) {
          expect(jsonEqual(change.before, left.get(change.pointer))).toBe(true);
          expect(jsonEqual(change.after, right.get(change.pointer))).toBe(true);
        }
      }),
    );
  });

  test("changes in any order give the same document", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const changes = diffJson(before, after);
        expect(canonicalJson(applyChanges(before, changes.toReversed()))).toBe(canonicalJson(after));
      }),
    );
  });
});

test("changes may be applied to a document that is not the one they came from", () => {
  const changes = [
    { pointer: "/a/b", before: 1, after: 2 },
    { pointer: "/c", before: 3 },
  ];
  expect(applyChanges({ a: { x: 9 }, d: {} }, changes)).toEqual({ a: { x: 9, b: 2 }, d: {} });
});

test("a change below __proto__ stays in the document", () => {
  const changed = applyChanges({}, [{ pointer: "/__proto__/polluted", after: true }]);
  expect(JSON.stringify(changed)).toBe(`{"__proto__":{"polluted":true}}`);
  expect("polluted" in {}).toBe(false);
});

function reversed(pointer: string, change: Omit<JsonChange, "pointer">): JsonChange {
  return {
    pointer,
    ...(change.after !== undefined && { before: change.after }),
    ...(change.before !== undefined && { after: change.before }),
  };
}

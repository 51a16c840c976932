import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { diffJson } from "./diff.ts";
import { type Json, jsonEqual } from "./json.ts";
import { getAt, removeAt, setAt } from "./pointer.ts";
import { anyJson, document } from "./testing/json-arbitrary.ts";
import { type MergeConflict, mergeThreeWay } from "./three-way.ts";

type Case = { base: Json; ours: Json; theirs: Json; merged: Json; conflicts?: readonly MergeConflict[] };

test.each<[string, Case]>([
  [
    "changes of different parameters are both taken",
    { base: { a: 1, b: 1 }, ours: { a: 2, b: 1 }, theirs: { a: 1, b: 2 }, merged: { a: 2, b: 2 } },
  ],
  [
    "the same change on both sides is no conflict",
    { base: { a: 1 }, ours: { a: 2 }, theirs: { a: 2 }, merged: { a: 2 } },
  ],
  [
    "the same removal on both sides is no conflict",
    { base: { a: 1, b: 1 }, ours: { b: 1 }, theirs: { b: 1 }, merged: { b: 1 } },
  ],
  [
    "different values conflict, and ours stays for now",
    {
      base: { a: 1 },
      ours: { a: 2 },
      theirs: { a: 3 },
      merged: { a: 2 },
      conflicts: [{ pointer: "/a", base: 1, ours: 2, theirs: 3 }],
    },
  ],
  [
    "different new values conflict without a base",
    {
      base: {},
      ours: { a: 2 },
      theirs: { a: 3 },
      merged: { a: 2 },
      conflicts: [{ pointer: "/a", ours: 2, theirs: 3 }],
    },
  ],
  [
    "lists are one value",
    {
      base: { a: [1, 2] },
      ours: { a: [0, 1, 2] },
      theirs: { a: [1, 2, 3] },
      merged: { a: [0, 1, 2] },
      conflicts: [{ pointer: "/a", base: [1, 2], ours: [0, 1, 2], theirs: [1, 2, 3] }],
    },
  ],
  [
    "our removal against their change",
    { base: { a: 1 }, ours: {}, theirs: { a: 2 }, merged: {}, conflicts: [{ pointer: "/a", base: 1, theirs: 2 }] },
  ],
  [
    "our change against their removal",
    { base: { a: 1 }, ours: { a: 2 }, theirs: {}, merged: { a: 2 }, conflicts: [{ pointer: "/a", base: 1, ours: 2 }] },
  ],
  [
    "removing a group against a change inside it conflicts as a whole",
    {
      base: { g: { a: 1, b: 1 } },
      ours: {},
      theirs: { g: { a: 2, b: 1 } },
      merged: {},
      conflicts: [{ pointer: "/g", base: { a: 1, b: 1 }, theirs: { a: 2, b: 1 } }],
    },
  ],
  [
    "removing a group that the other side left alone",
    { base: { g: { a: 1 }, b: 1 }, ours: { b: 1 }, theirs: { g: { a: 1 }, b: 2 }, merged: { b: 2 } },
  ],
  [
    "a scalar against a group",
    {
      base: { a: 1 },
      ours: { a: 2 },
      theirs: { a: { b: 1 } },
      merged: { a: 2 },
      conflicts: [{ pointer: "/a", base: 1, ours: 2, theirs: { b: 1 } }],
    },
  ],
  [
    "groups that both sides added are merged inside",
    {
      base: {},
      ours: { g: { a: 1, c: 1 } },
      theirs: { g: { b: 2, c: 2 } },
      merged: { g: { a: 1, b: 2, c: 1 } },
      conflicts: [{ pointer: "/g/c", ours: 1, theirs: 2 }],
    },
  ],
  [
    "each side removes another member of a group",
    { base: { g: { a: 1, b: 1 } }, ours: { g: { b: 1 } }, theirs: { g: { a: 1 } }, merged: { g: {} } },
  ],
])("%s", (_, { base, ours, theirs, merged, conflicts = [] }) => {
  expect(mergeThreeWay(base, ours, theirs)).toEqual({ merged, conflicts });
});

describe("laws", () => {
  // Sides that share much with their base, as real ones do, and sides that share nothing.
  const edits = fc.array(fc.tuple(fc.constantFrom("/a", "/b", "/a/b", "/c/a", "/__proto__"), fc.nat(2)), {
    maxLength: 4,
  });
  const edited = (base: Json, changes: readonly [string, number][]) =>
    changes.reduce((doc, [at, value]) => {
      if (Array.isArray(getAt(doc, at.replace(/\/[^/]*$/, "")))) return doc;
      return value === 0 ? removeAt(doc, at) : setAt(doc, at, value);
    }, base);
  const sides = fc.oneof(
    fc.tuple(document, document, document).map((three): [Json, Json, Json] => three),
    fc.tuple(anyJson, anyJson, anyJson),
    fc
      .tuple(document, edits, edits)
      .map(([base, a, b]): [Json, Json, Json] => [base, edited(base, a), edited(base, b)]),
  );
  const law = (name: string, holds: (base: Json, ours: Json, theirs: Json) => void) =>
    test(name, () =>
      fc.assert(
        fc.property(sides, (three) => holds(...three)),
        { numRuns: 500 },
      ),
    );

  law("swapping the sides swaps the conflicts' sides", (base, ours, theirs) => {
    const one = mergeThreeWay(base, ours, theirs);
    const other = mergeThreeWay(base, theirs, ours);
    const swapped = other.conflicts.map(({ ours: a, theirs: b, ...rest }) => ({
      ...rest,
      ...(b !== undefined && { ours: b }),
      ...(a !== undefined && { theirs: a }),
    }));
    expect(jsonEqual(one.conflicts as unknown as Json, swapped as unknown as Json)).toBe(true);
  });

  law("deciding every conflict for theirs gives what theirs would have merged to", (base, ours, theirs) => {
    const one = mergeThreeWay(base, ours, theirs);
    const decided = one.conflicts.reduce((doc, { pointer, theirs: value }) => {
      return value === undefined ? removeAt(doc, pointer) : setAt(doc, pointer, value);
    }, one.merged);
    expect(canonicalJson(decided)).toBe(canonicalJson(mergeThreeWay(base, theirs, ours).merged));
  });

  law("a side that changed nothing leaves the other's changes", (base, ours) => {
    for (const merge of [
      mergeThreeWay(base, ours, base),
      mergeThreeWay(base, base, ours),
      mergeThreeWay(base, ours, ours),
    ]) {
      expect(merge.conflicts).toEqual([]);
      expect(canonicalJson(merge.merged)).toBe(canonicalJson(ours));
    }
  });

  law(
    "every change of ours is in the result, and every change of theirs that does not conflict",
    (base, ours, theirs) => {
      const { merged, conflicts } = mergeThreeWay(base, ours, theirs);
      const isContested = (at: string) =>
        conflicts.some(({ pointer }) => at === pointer || at.startsWith(`${pointer}/`) || pointer.startsWith(`${at}/`));
      const values = [
        ...diffJson(base, ours).map((c) => [c, true] as const),
        ...diffJson(base, theirs).map((c) => [c, false] as const),
      ];
      for (const [{ pointer, after }, isOurs] of values) {
        if (after === undefined || jsonEqual(after, {}) || (!isOurs && isContested(pointer))) continue;
        expect(jsonEqual(getAt(merged, pointer), after)).toBe(true);
      }
    },
  );

  law("no conflict lies inside another", (base, ours, theirs) => {
    const pointers = mergeThreeWay(base, ours, theirs).conflicts.map((conflict) => conflict.pointer);
    for (const a of pointers) for (const b of pointers) expect(b.startsWith(`${a}/`)).toBe(false);
  });
});

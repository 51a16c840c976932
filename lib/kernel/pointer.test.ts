import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Json, jsonEqual } from "./json.ts";
import { childPointer, formatPointer, getAt, leavesOf, parsePointer, removeAt, setAt } from "./pointer.ts";
import { Refusal } from "./refusal.ts";
import { anyJson, document } from "./testing/json-arbitrary.ts";

const segments = fc.array(fc.oneof(fc.constantFrom("a", "~", "/", "~1", "~01", "", "0"), fc.string()));

describe("pointers", () => {
  // The document and the pointers of RFC 6901 §5.
  const example = JSON.parse(
    String.raw`{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}`,
  );
  test.each<[string, Json]>([
    ["", example],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/c%d", 2],
    ["/e^f", 3],
    ["/g|h", 4],
    ["/i\\j", 5],
    ['/k"l', 6],
    ["/ ", 7],
    ["/m~0n", 8],
  ])("RFC 6901: %j", (pointer, value) => {
    expect(getAt(example, pointer)).toEqual(value);
  });

  test.each([["foo"], ["#/foo"], ["/a~"], ["/a~2"], ["/~/~01"]])("refused: %j", (pointer) => {
    expect(() => parsePointer(pointer)).toThrow(Refusal);
  });

  test.each([
    ["an index past the end", "/foo/2"],
    ["an index with a leading zero", "/foo/00"],
    ["the place after the end", "/foo/-"],
    ["a property of lists", "/foo/length"],
    ["an inherited member", "/constructor"],
    ["the prototype", "/__proto__"],
    ["a member of a scalar", "/ /x"],
  ])("nothing is at %s", (_, pointer) => {
    expect(getAt(example, pointer)).toBeUndefined();
  });

  test("formatting and parsing are inverse", () => {
    fc.assert(
      fc.property(segments, (names) => {
        expect(parsePointer(formatPointer(names))).toEqual(names);
        expect(names.reduce(childPointer, "")).toBe(formatPointer(names));
      }),
    );
  });
});

describe("setting and removing", () => {
  test.each<[string, Json, string, Json, Json]>([
    ["a member", { a: 1, b: 2 }, "/a", 3, { a: 3, b: 2 }],
    ["a member of objects that are missing", {}, "/a/b/c", 1, { a: { b: { c: 1 } } }],
    ["a member of what was a scalar", { a: 5 }, "/a/b", 1, { a: { b: 1 } }],
    ["an item of a list", { a: [1, 2] }, "/a/1", 3, { a: [1, 3] }],
    ["an item at the end of a list", { a: [1, 2] }, "/a/-", 3, { a: [1, 2, 3] }],
    ["a member of an item", { a: [{ b: 1 }] }, "/a/0/b", 2, { a: [{ b: 2 }] }],
    ["the whole document", { a: 1 }, "", [], []],
  ])("sets %s", (_, before, pointer, value, after) => {
    expect(setAt(before, pointer, value)).toEqual(after);
  });

  test.each([["/a/2"], ["/a/x"], ["/a/01"]])("refuses to set %s in a list of two", (pointer) => {
    expect(() => setAt({ a: [1, 2] }, pointer, 3)).toThrow(/not an index of this list of 2/);
  });

  test.each<[string, Json, string, Json]>([
    ["a member", { a: 1, b: 2 }, "/a", { b: 2 }],
    ["the last member, leaving its parent", { a: { b: 1 } }, "/a/b", { a: {} }],
    ["an item of a list", { a: [1, 2, 3] }, "/a/1", { a: [1, 3] }],
    ["a member of an item", { a: [{ b: 1, c: 2 }] }, "/a/0/b", { a: [{ c: 2 }] }],
    ["what is not there", { a: 1 }, "/b/c", { a: 1 }],
    ["the whole document", { a: 1 }, "", {}],
  ])("removes %s", (_, before, pointer, after) => {
    expect(removeAt(before, pointer)).toEqual(after);
  });

  const members = fc.array(fc.constantFrom("a", "b", "a/b", "~", "__proto__"), { minLength: 1, maxLength: 4 });

  test("what was set is there, what was removed is not, and the original is as it was", () => {
    fc.assert(
      fc.property(document, members, anyJson, (before, path, value) => {
        const pointer = formatPointer(path);
        fc.pre(path.every((_, depth) => !Array.isArray(getAt(before, formatPointer(path.slice(0, depth))))));
        const copy = structuredClone(before);
        const after = setAt(before, pointer, value);
        expect(jsonEqual(getAt(after, pointer), value)).toBe(true);
        expect(getAt(removeAt(after, pointer), pointer)).toBeUndefined();
        expect(jsonEqual(before, copy)).toBe(true);
        expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
      }),
    );
  });
});

describe("leaves", () => {
  test("are scalars, lists and objects without members, in the order of the document", () => {
    expect(leavesOf({ b: { "x/y": 1, z: null }, a: [{ c: 1 }], e: {} })).toEqual([
      { pointer: "/b/x~1y", value: 1 },
      { pointer: "/b/z", value: null },
      { pointer: "/a", value: [{ c: 1 }] },
      { pointer: "/e", value: {} },
    ]);
  });

  test("of the empty document are none, of a scalar it is itself", () => {
    expect(leavesOf({})).toEqual([]);
    expect(leavesOf(5)).toEqual([{ pointer: "", value: 5 }]);
  });

  test("put together again give the document", () => {
    fc.assert(
      fc.property(document, (value) => {
        const rebuilt = leavesOf(value).reduce<Json>((built, leaf) => setAt(built, leaf.pointer, leaf.value), {});
        expect(jsonEqual(rebuilt, value)).toBe(true);
      }),
    );
  });
});

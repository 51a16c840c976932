import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonObject, type Json, jsonEqual } from "./json.ts";
import { applyMergePatch, mergePatchOf } from "./merge-patch.ts";
import { Refusal } from "./refusal.ts";
import { anyJson, document, documentWithoutNull } from "./testing/json-arbitrary.ts";

// RFC 7396 Appendix A.
test.each([
  [`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`],
  [`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`],
  [`{"a":"b"}`, `{"a":null}`, `{}`],
  [`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`],
  [`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`],
  [`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`],
  [`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`],
  [`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`],
  [`["a","b"]`, `["c","d"]`, `["c","d"]`],
  [`{"a":"b"}`, `["c"]`, `["c"]`],
  [`{"a":"foo"}`, `null`, `null`],
  [`{"a":"foo"}`, `"bar"`, `"bar"`],
  [`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`],
  [`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`],
  [`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`],
])("RFC 7396: %s patched with %s is %s", (target, patch, result) => {
  expect(applyMergePatch(JSON.parse(target), JSON.parse(patch))).toEqual(JSON.parse(result));
});

test("a patch never reaches a prototype", () => {
  const patch = JSON.parse(`{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`);
  const patched = applyMergePatch({ a: 1 }, patch);
  expect(Object.getPrototypeOf(patched)).toBe(Object.prototype);
  expect(JSON.stringify(patched)).toBe(
    `{"a":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
  );
  expect("polluted" in {}).toBe(false);
  expect(applyMergePatch(patched, JSON.parse(`{"__proto__":null,"constructor":null}`))).toEqual({ a: 1 });
});

describe("laws", () => {
  test("the empty patch changes no object", () => {
    fc.assert(fc.property(document, (target) => jsonEqual(applyMergePatch(target, {}), target)));
  });

  test("applying a patch twice is applying it once", () => {
    fc.assert(
      fc.property(anyJson, anyJson, (target, patch) => {
        const once = applyMergePatch(target, patch);
        return jsonEqual(applyMergePatch(once, patch), once);
      }),
    );
  });

  test("neither the target nor the patch is changed", () => {
    fc.assert(
      fc.property(document, document, (target, patch) => {
        const copies = structuredClone([target, patch]);
        applyMergePatch(target, patch);
        return jsonEqual([target, patch], copies);
      }),
    );
  });

  test("after a patch, what it sets is set and what it does not name is as before", () => {
    fc.assert(
      fc.property(document, document, (target, patch) => {
        const result = applyMergePatch(target, patch);
        if (!isJsonObject(result)) return false;
        return [...new Set([...Object.keys(target), ...Object.keys(patch)])].every((key) => {
          const wanted = Object.hasOwn(patch, key) ? patch[key] : target[key];
          if (wanted === null && Object.hasOwn(patch, key)) return !Object.hasOwn(result, key);
          return isJsonObject(wanted) || jsonEqual(Object.hasOwn(result, key) ? result[key] : undefined, wanted);
        });
      }),
    );
  });

  test("the patch between two documents turns the one into the other", () => {
    fc.assert(
      fc.property(anyJson, documentWithoutNull, (before, after) => {
        return jsonEqual(applyMergePatch(before, mergePatchOf(before, after)), after);
      }),
    );
  });

  test("the patch between a document and itself is empty, nulls or not", () => {
    fc.assert(fc.property(document, (value) => jsonEqual(mergePatchOf(value, structuredClone(value)), {})));
  });
});

test.each<[string, Json, Json, Json]>([
  ["only what differs", { a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 1, d: 3 } }, { b: { d: 3 } }],
  ["a removal", { a: 1, b: 2 }, { b: 2 }, { a: null }],
  ["a list as a whole", { a: [1, 2] }, { a: [1, 3] }, { a: [1, 3] }],
  ["an object that was emptied", { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
  ["an object in place of a scalar", { a: 1 }, { a: {} }, { a: {} }],
  ["nulls inside a list", { a: 1 }, { a: [null] }, { a: [null] }],
])("a patch says %s", (_, before, after, patch) => {
  expect(mergePatchOf(before, after)).toEqual(patch);
});

test("a null that is new cannot be said, and the refusal names its place", () => {
  const attempt = () => mergePatchOf({ a: { b: 1 } }, { a: { b: null } });
  expect(attempt).toThrow(Refusal);
  expect(attempt).toThrow(/^\/a\/b: /);
});

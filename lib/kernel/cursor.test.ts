import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { Refusal } from "./refusal.ts";

test("a cursor reads back as it was, and fits into an address as it stands", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer(), (text, number) => {
      const cursor = encodeCursor([text, number]);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor, ["string", "number"])).toEqual([text, number]);
    }),
  );
});

test.each([
  ["no text", ""],
  ["a word", "hello"],
  ["something that is not base64url", "a+b/c="],
  ["bytes that are not UTF-8", "_w"],
  ["JSON that is not a list", Buffer.from(`{"a":1}`).toString("base64url")],
  ["too few parts", encodeCursor(["a"])],
  ["too many parts", encodeCursor(["a", 1, 2])],
  ["parts of another type", encodeCursor([1, "a"])],
  ["null for a part", Buffer.from(`[null,1]`).toString("base64url")],
])("refused: %s", (_, cursor) => {
  expect(() => decodeCursor(cursor, ["string", "number"])).toThrow(Refusal);
});

test.each([
  ["a number that no integer column holds", "number", 2 ** 31],
  ["half a number", "number", 0.5],
  ["text that no text column holds", "string", "a\0"],
  ["an id that is none", "id", "01a20382"],
] as const)("refused: %s", (_, type, value) => {
  expect(() => decodeCursor(encodeCursor([value]), [type])).toThrow(Refusal);
});

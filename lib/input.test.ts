import { expect, test } from "vitest";
import { z } from "zod";
import { PublicNumber, Revision } from "#lib/systems/input.ts";
import { readInput } from "./input.ts";
import { Refusal } from "./kernel/refusal.ts";

const Order = z.object({
  number: PublicNumber,
  revision: Revision.optional(),
  digest: z.string().max(4),
  state: z.enum(["open", "closed"]),
  places: z.array(z.string()).max(2).default([]),
  id: z.uuid().optional(),
});
const right = { number: "12", digest: "abcd", state: "open" };

function fieldsOf(raw: unknown): unknown {
  try {
    return readInput(Order, raw);
  } catch (error) {
    if (error instanceof Refusal) return error.fields;
    throw error;
  }
}

test("what fits is read", () => {
  expect(fieldsOf(right)).toEqual({ number: 12, digest: "abcd", state: "open", places: [] });
});

test.each([
  ["a number that is a word", { number: "abc" }, { number: ["Give its number, for example 12"] }],
  ["a number that is left out", { number: undefined }, { number: ["Give its number, for example 12"] }],
  ["a number beyond what the database counts to", { number: "99999999999" }, { number: ["No number is that high"] }],
  ["a revision that is no number", { revision: "x" }, { revision: [expect.stringContaining("If-Match")] }],
  ["a text that is left out", { digest: undefined }, { digest: ["This is needed: give a text"] }],
  ["a text that is a number", { digest: 7 }, { digest: ["Give a text"] }],
  ["a text that is too long", { digest: "abcde" }, { digest: ["Use at most 4 characters"] }],
  ["a choice that there is not", { state: "foo" }, { state: ["Choose one of open, closed"] }],
  ["too many entries", { places: ["a", "b", "c"] }, { places: ["Use at most 2 entries"] }],
  ["an id that is none", { id: "7" }, { id: [expect.stringContaining("Give an id as the API gave it")] }],
  ["text that cannot be kept", { digest: "a\0" }, { digest: [expect.stringContaining("NUL")] }],
])("%s is answered with what would be right", (_, wrong, fields) => {
  expect(fieldsOf({ ...right, ...wrong })).toEqual(fields);
});

/** Spelt as JSON, because that is how it comes. */
function nested(levels: number): unknown {
  return JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
}

test("what is nested beyond any use is refused before anything reads it", () => {
  const Anything = z.object({ value: z.json() });
  expect(readInput(Anything, { value: nested(60) })).toEqual({ value: nested(60) });
  expect(() => readInput(Anything, { value: nested(65) })).toThrow("nested deeper than 64 levels");
  expect(() => readInput(Anything, { value: nested(200_000) })).toThrow(Refusal);
  expect(() => readInput(z.object({}), { unknown: nested(200_000) })).toThrow(Refusal);
});

test.each(["+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "0000-01-01T00:00:00Z"])(
  "the date %s, which nothing here can keep, is refused with its field",
  (at) => {
    const When = z.object({ at: z.coerce.date() });
    expect(() => readInput(When, { at })).toThrow("at: Give a date between the years 1 and 9999");
    expect(readInput(When, { at: "9999-12-30T00:00:00Z" }).at).toEqual(new Date("9999-12-30T00:00:00Z"));
  },
);

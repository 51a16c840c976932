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

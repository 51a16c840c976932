import { expect, test } from "vitest";
import { z } from "zod";
import { mergeInput } from "./read-input.ts";

const schema = z.object({ number: z.coerce.number(), title: z.string().optional() });

function merged(body: Record<string, unknown>, query = ""): unknown {
  return mergeInput({ schema, search: new URLSearchParams(query), body, values: { number: "92" }, ifMatch: null });
}

test("a body may repeat what the path says", () => {
  expect(merged({ number: 92, title: "x" })).toEqual({ number: "92", title: "x" });
});

test.each<[string, Record<string, unknown>, string]>([
  ["another number in the body", { number: 93 }, ""],
  ["another number in the query", {}, "number=93"],
  ["a list that reads like the number", { number: [92] }, ""],
  ["an object that reads like nothing", { number: { toString: 1, valueOf: 1 } }, ""],
  ["a list of endless depth", { number: JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) }, ""],
  ["two numbers in the query", {}, "number=92&number=93"],
])("%s is refused with its field", (_, body, query) => {
  expect(() => merged(body, query)).toThrow("number: This is given twice, with different values");
});

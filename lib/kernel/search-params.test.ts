import { expect, test } from "vitest";
import { z } from "zod";
import { firstOf, fittingOf } from "./search-params.ts";

const shape = { state: z.enum(["open", "any"]).default("open"), limit: z.coerce.number() };

test.each([
  ["a value that is known", { state: "any" }, { state: "any" }],
  ["a value that is not", { state: "all" }, {}],
  ["one of each", { state: "all", q: "seed" }, { q: "seed" }],
  ["a name that has no shape", { q: "seed" }, { q: "seed" }],
  ["nothing", {}, {}],
] as const)("of an address with %s", (_, filter, kept) => {
  expect(fittingOf<"state" | "limit" | "q">(filter, shape)).toEqual(kept);
});

test("of a repeated parameter the first counts, and an empty one is none", () => {
  expect(firstOf({ a: ["1", "2"], b: "", c: "3" }, ["a", "b", "d"])).toEqual({ a: "1" });
});

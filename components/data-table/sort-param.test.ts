import { expect, test } from "vitest";
import { sortOf, sortParam } from "#components/data-table/sort-param.ts";

const own = { column: "at", isDescending: true };

test.each([
  ["nothing", undefined, own],
  ["a column, ascending", "title.asc", { column: "title", isDescending: false }],
  ["a column that is not sorted by", "secret.asc", own],
  ["a direction that is none", "title.up", own],
  ["the parameter twice", ["title.asc", "at.asc"], own],
])("an address that asks for %s", (_, param, sort) => {
  expect(sortOf(param, ["at", "title"], own)).toEqual(sort);
});

test("an order and its parameter agree", () => {
  expect(sortOf(sortParam(own), ["at"], { column: "title", isDescending: false })).toEqual(own);
});

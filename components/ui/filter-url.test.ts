import { expect, test } from "vitest";
import { queryOf, withParams } from "#components/ui/filter-url.ts";

test.each([
  ["sets a parameter", "", { state: "open" }, "?state=open"],
  ["replaces every value of it", "state=open&state=closed", { state: "draft" }, "?state=draft"],
  ["repeats a list", "", { state: ["open", "draft"] }, "?state=open&state=draft"],
  ["takes one away", "state=open&q=a", { state: null }, "?q=a"],
  ["takes an empty one away", "q=a", { q: "" }, ""],
  ["forgets the place in the list", "q=a&after=9", { q: "b" }, "?q=b"],
  ["keeps the place when it is what changes", "q=a", { after: "9" }, "?q=a&after=9"],
])("%s", (_, current, changes, query) => {
  expect(withParams(current, changes)).toBe(query);
});

test("search parameters become the query they came from", () => {
  expect(queryOf({ q: "a b", state: ["open", "draft"], none: undefined })).toBe("q=a+b&state=open&state=draft");
});

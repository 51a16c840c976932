import { expect, test } from "vitest";
import { lineKey, placeInFragment } from "#components/diff/side.ts";
import { diffSize } from "#components/diff/text-size.ts";

test.each([
  ["a line after", "#claims-R-24", { side: "after", line: 24 }],
  ["a line before", "#claims-L-3", { side: "before", line: 3 }],
  ["another diff on the page", "#other-R-24", null],
  ["another kind of fragment", "#comment-9", null],
  ["no fragment", "", null],
])("the fragment of %s", (_, fragment, place) => {
  expect(placeInFragment(fragment, "claims")).toEqual(place);
});

test("a line's key and its place in an address agree", () => {
  const place = { side: "after", line: 7 } as const;
  expect(placeInFragment(`#a/b-${lineKey(place)}`, "a/b")).toEqual(place);
});

test("a long text is shown by the window, and one with very many changes asks first", () => {
  const text = (lines: number, word: string) => Array.from({ length: lines }, (_, at) => `${word} ${at}`).join("\n");
  expect(diffSize(text(300, "a"), text(300, "a"))).toEqual({ lines: 300, isWindowed: false, isHeavy: false });
  expect(diffSize(text(2001, "a"), text(2001, "a")).isWindowed).toBe(true);
  expect(diffSize(text(800, "a"), text(800, "b")).isHeavy).toBe(true);
});

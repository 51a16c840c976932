import { expect, test } from "vitest";
import { isSamePlace, lineNow, placeHref, placeInWords, rowOf } from "#components/reviews/anchors.ts";
import type { ParameterChange } from "#lib/bundles/model.ts";
import type { Anchor } from "#lib/reviews/model.ts";

const texts = [{ bundle: "assistant", layer: "base", before: "a\nb", after: "x\na\nb\nb" }];
const on = (line: number, text: string, side: "before" | "after" = "after") =>
  ({ type: "line", bundle: "assistant", layer: "base", side, line, text }) as const;

test.each([
  ["stays where it reads the same", on(2, "a"), 2],
  ["moves with its text", on(1, "a"), 2],
  ["moves to the nearest of equal lines", on(5, "b"), 4],
  ["is found on the side before", on(2, "b", "before"), 2],
  ["is gone with its text", on(1, "gone"), null],
  ["is gone with its layer", { ...on(1, "a"), layer: "production" }, null],
])("a line that was commented on %s", (_, anchor, line) => {
  expect(lineNow(anchor, texts)).toBe(line);
});

const changes = ["/model/name", "/flags/table_reader"].map(
  (pointer): ParameterChange => ({
    bundle: "assistant",
    pointer,
    meaning: "changed",
    locked: false,
    environments: [],
  }),
);
const parameter: Anchor = { type: "parameter", bundle: "assistant", pointer: "/model/name" };

test.each([
  [{ type: "request" } as const, null, null],
  [parameter, "assistant /model/name", "/changes#parameter-assistant/model/name"],
  [on(1, "a"), "assistant.yaml, line 1", "/changes#assistant.base-R-2"],
  [on(1, "a", "before"), "assistant.yaml, line 1 before", "/changes#assistant.base-L-1"],
])("a place has words and an address", (anchor, words, href) => {
  expect([placeInWords(anchor), placeHref(anchor, { texts, changes })]).toEqual([words, href]);
});

test.each([
  ["its own row", "/model/name", "/model/name"],
  ["the row that it lies in", "/flags/table_reader/enabled", "/flags/table_reader"],
  ["a row that lies in it", "/model", "/model/name"],
  ["no row when nothing of it changes", "/flags/table", undefined],
])("a parameter that was commented on is shown at %s", (_, pointer, row) => {
  expect(rowOf({ type: "parameter", bundle: "assistant", pointer }, changes)?.pointer).toBe(row);
});

test("places are the same by what they name, not by what stood there", () => {
  expect(isSamePlace(on(1, "a"), on(1, "b"))).toBe(true);
  expect(isSamePlace(on(1, "a"), on(2, "a"))).toBe(false);
  expect(isSamePlace(parameter, { type: "request" })).toBe(false);
});

import { expect, test } from "vitest";
import { isSamePlace, lineNow, placeHref, placeInWords } from "#components/reviews/anchors.ts";
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

const parameter: Anchor = { type: "parameter", bundle: "assistant", pointer: "/model/name" };

test.each([
  [{ type: "request" } as const, null, null],
  [parameter, "assistant /model/name", "/changes#parameter-assistant/model/name"],
  [on(1, "a"), "assistant.yaml, line 1", "/changes#assistant.base-R-2"],
  [on(1, "a", "before"), "assistant.yaml, line 1 before", "/changes#assistant.base-L-1"],
])("a place has words and an address", (anchor, words, href) => {
  expect([placeInWords(anchor), placeHref(anchor, texts)]).toEqual([words, href]);
});

test("places are the same by what they name, not by what stood there", () => {
  expect(isSamePlace(on(1, "a"), on(1, "b"))).toBe(true);
  expect(isSamePlace(on(1, "a"), on(2, "a"))).toBe(false);
  expect(isSamePlace(parameter, { type: "request" })).toBe(false);
});

import { expect, test } from "vitest";
import { wordRuns } from "#components/diff/word-diff.ts";

test("words that differ are told apart, spaces included", () => {
  expect(wordRuns("Answer in two sentences.", "Answer in three sentences.")).toEqual([
    { kind: "same", text: "Answer in " },
    { kind: "removed", text: "two" },
    { kind: "added", text: "three" },
    { kind: "same", text: " sentences." },
  ]);
});

test("a long unchanged middle is folded, its ends stay", () => {
  const same = "x ".repeat(400);
  const runs = wordRuns(`one ${same}end`, `two ${same}fin`);
  expect(runs.map((run) => run.kind)).toEqual(["removed", "added", "same", "fold", "same", "removed", "added"]);
  expect(runs[3]?.text).toMatch(/characters unchanged$/);
});

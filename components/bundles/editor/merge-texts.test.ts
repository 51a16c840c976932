import { expect, test } from "vitest";
import { mergeTexts } from "./merge-texts.ts";

const base = {
  base: `# how it answers
sampling:
  temperature: 0.2 # calm
  top_p: 1
  max_tokens: 400

model:
  name: small
`,
  overlays: { production: "sampling:\n  max_tokens: 300\n" },
};
const inBase = (from: string, to: string) => ({ ...base, base: base.base.replace(from, to) });

test("changes of different layers are both there", () => {
  const theirs = { ...base, overlays: { production: "sampling:\n  max_tokens: 200\n" } };
  const merge = mergeTexts(base, inBase("0.2", "0.4"), theirs);
  expect(merge).toEqual({ source: { ...theirs, base: inBase("0.2", "0.4").base }, conflicts: [], unmerged: [] });
});

test("changes of different lines keep the comments of both", () => {
  const merge = mergeTexts(base, inBase("0.2 # calm", "0.4 # warmer"), inBase("name: small", "name: large # bigger"));
  expect(merge.conflicts).toEqual([]);
  expect(merge.source.base).toContain("temperature: 0.4 # warmer");
  expect(merge.source.base).toContain("name: large # bigger");
});

test("neighbouring lines, which no patch of lines can merge, are merged by parameter", () => {
  const merge = mergeTexts(base, inBase("top_p: 1", "top_p: 0.9"), inBase("0.2 # calm", "0.3 # calmer"));
  expect(merge.conflicts).toEqual([]);
  expect(merge.source.base).toContain("top_p: 0.9");
  expect(merge.source.base).toContain("temperature: 0.3 # calmer");
});

test("the same parameter changed twice is a conflict, and ours stands meanwhile", () => {
  const merge = mergeTexts(base, inBase("0.2", "0.4"), inBase("0.2", "0.5"));
  expect(merge.conflicts).toEqual([
    { layer: "base", pointer: "/sampling/temperature", base: 0.2, ours: 0.4, theirs: 0.5 },
  ]);
  expect(merge.source.base).toContain("temperature: 0.4");
});

test("a text that can't be read is kept whole and named", () => {
  const ours = { ...base, base: `${base.base}broken: [1, 2\n` };
  const merge = mergeTexts(base, ours, inBase("0.2", "0.5"));
  expect(merge).toEqual({ source: { ...base, base: ours.base }, conflicts: [], unmerged: ["base"] });
});

import { expect, test } from "vitest";
import { setInSource } from "./edit-source.ts";
import { withOwnLines } from "./own-lines.ts";

test.each([
  [
    "a changed line",
    "a:  1\nb: [x]\nc:   3\n",
    "a: 1\nb: [ x ]\nc: 3\n",
    "a: 1\nb: [ x ]\nc: 4\n",
    "a:  1\nb: [x]\nc: 4\n",
  ],
  ["an added line", "a:  1\nb: [x]\n", "a: 1\nb: [ x ]\n", "a: 1\nn: 2\nb: [ x ]\n", "a:  1\nn: 2\nb: [x]\n"],
  ["a line at the end", "a:  1\n", "a: 1\n", "a: 1\nn: 2\n", "a:  1\nn: 2\n"],
  ["a removed line", "a:  1\nb: [x]\nc: 3\n", "a: 1\nb: [ x ]\nc: 3\n", "a: 1\nc: 3\n", "a:  1\nc: 3\n"],
  ["a printer that joins lines", "a:\n  1\n", "a: 1\n", "a: 2\n", null],
])("%s", (_, text, printed, edited, expected) => {
  expect(withOwnLines(text, printed, edited)).toBe(expected);
});

test("setting one parameter leaves every other line as people wrote it", () => {
  const text = `name:   "Wren"   # quoted and spaced
locales: [en-GB,en-IE]
limits:   {rpm: 10}

sampling:
    temperature: 0.20
`;
  expect(setInSource(text, "/sampling/temperature", 0.4)).toBe(text.replace("0.20", "0.4"));
});

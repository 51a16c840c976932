import fc from "fast-check";
import { expect, test } from "vitest";
import { bySpecificity, compilePattern, matchesPattern, mostSpecific, patternFinder } from "./pattern.ts";
import { formatPointer, parsePointer } from "./pointer.ts";
import { Refusal } from "./refusal.ts";

test.each([
  ["/a/b", "/a/b", true],
  ["/a/b", "/a/b/c", false],
  ["/a/b", "/a", false],
  ["/a/*", "/a/b", true],
  ["/a/*", "/a/", true],
  ["/a/*", "/a", false],
  ["/a/*", "/a/b/c", false],
  ["/*/b", "/a/b", true],
  ["/*/b", "/a~1x/b", true],
  ["/a/**", "/a/b", true],
  ["/a/**", "/a/b/c/d", true],
  ["/a/**", "/a", false],
  ["/a/**", "/ab/c", false],
  ["/**", "/a", true],
  ["/**", "", false],
  ["", "", true],
  ["", "/a", false],
  ["/a.b/*", "/axb/c", false],
  ["/a(b/*", "/a(b/c", true],
  ["/a*/*", "/ab/c", false],
  ["/a/*", "/a/line\nbreak", true],
  ["/a/**", "/a/line\nbreak/c", true],
])("%s on %j: %s", (pattern, pointer, matches) => {
  expect(matchesPattern(pattern, pointer)).toBe(matches);
});

test.each([["a/b"], ["/**/b"], ["/a~"]])("refused as a pattern: %s", (pattern) => {
  expect(() => compilePattern(pattern)).toThrow(Refusal);
});

test("fewer wildcards come first, then the longer, then * before **", () => {
  const sorted = ["/a/b/c", "/a", "/a/*/c", "/a/b/**", "/a/*", "/a/**", "/*/*", "/*/**", "/*/*/*"];
  expect(sorted.toReversed().sort(bySpecificity)).toEqual(sorted);
});

test.each([
  ["/a/b", "/a/b"],
  ["/a/c", "/a/*"],
  ["/a/c/d", "/a/**"],
  ["/x/b", "/*/b"],
  ["/x/y", "/**"],
  ["", undefined],
])("of several patterns, %j is described by %j", (pointer, pattern) => {
  expect(mostSpecific(["/**", "/a/**", "/a/*", "/*/b", "/a/b"], pointer)).toBe(pattern);
});

const segment = fc.constantFrom("a", "b", "a.b", "~", "/", "");
const pointers = fc.array(segment, { maxLength: 4 }).map(formatPointer);
const patterns = fc
  .tuple(fc.array(fc.oneof(segment, fc.constant("*")), { maxLength: 3 }), fc.boolean())
  .map(([segments, isDeep]) => formatPointer(isDeep ? [...segments, "**"] : segments));

test("a pattern matches what the rule for its segments says", () => {
  fc.assert(
    fc.property(patterns, pointers, (pattern, pointer) => {
      expect(matchesPattern(pattern, pointer)).toBe(matchesBySegments(parsePointer(pattern), parsePointer(pointer)));
    }),
    { numRuns: 500 },
  );
});

test("the pattern that is found is the first in order of those that match", () => {
  fc.assert(
    fc.property(fc.array(patterns), pointers, (candidates, pointer) => {
      const first = candidates.toSorted(bySpecificity).find((pattern) => matchesPattern(pattern, pointer));
      expect(patternFinder(candidates)(pointer)).toBe(first);
    }),
  );
});

function matchesBySegments(pattern: readonly string[], pointer: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return pointer.length === 0;
  if (head === "**") return pointer.length > 0;
  if (pointer.length === 0) return false;
  return (head === "*" || head === pointer[0]) && matchesBySegments(rest, pointer.slice(1));
}

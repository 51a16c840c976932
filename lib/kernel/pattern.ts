import { byCodeUnits } from "./order.ts";
import { formatPointer, parsePointer } from "./pointer.ts";
import { Refusal } from "./refusal.ts";

/**
 * A pattern of parameters: a JSON Pointer in which the segment `*` stands for any one segment, and a last segment `**`
 * for one or more: `/fallbacks/*`, `/prompts/**`.
 */
export type Pattern = {
  readonly pattern: string;
  readonly matches: (pointer: string) => boolean;
};

/** Reads a pattern once, so that it can be asked often. Throws `Refusal` "invalid" when it is not one. */
export function compilePattern(pattern: string): Pattern {
  const segments = parsePointer(pattern);
  if (segments.slice(0, -1).includes("**")) {
    throw new Refusal("invalid", `"${pattern}" has "**" in the middle: it may only be the last segment`);
  }
  if (wildcardsIn(segments) === 0) return { pattern, matches: (pointer) => pointer === pattern };
  const source = segments.map((segment) => {
    if (segment === "**") return "/.*";
    if (segment === "*") return "/[^/]*";
    return formatPointer([segment]).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  const expression = new RegExp(`^${source.join("")}$`, "s");
  return { pattern, matches: (pointer) => expression.test(pointer) };
}

/** Whether one pattern matches one pointer. For many pointers, compile the pattern or use `patternFinder`. */
export function matchesPattern(pattern: string, pointer: string): boolean {
  return compilePattern(pattern).matches(pointer);
}

/**
 * Orders patterns from the most to the least specific: fewer wildcards first, then the longer, then `*` before `**`,
 * then by code units so that the order is total.
 */
export function bySpecificity(a: string, b: string): number {
  const [left, right] = [parsePointer(a), parsePointer(b)];
  return (
    wildcardsIn(left) - wildcardsIn(right) ||
    right.length - left.length ||
    Number(left.at(-1) === "**") - Number(right.at(-1) === "**") ||
    byCodeUnits(a, b)
  );
}

/** The most specific of the patterns that match the pointer, `undefined` when none does. */
export function mostSpecific(patterns: readonly string[], pointer: string): string | undefined {
  return patternFinder(patterns)(pointer);
}

/** `mostSpecific` for many pointers: the patterns are sorted and compiled once, those without wildcards are looked up. */
export function patternFinder(patterns: readonly string[]): (pointer: string) => string | undefined {
  const exact = new Set<string>();
  const wild: string[] = [];
  for (const pattern of patterns) {
    if (wildcardsIn(parsePointer(pattern)) === 0) exact.add(pattern);
    else wild.push(pattern);
  }
  const compiled = wild.sort(bySpecificity).map(compilePattern);
  return (pointer) =>
    exact.has(pointer) ? pointer : compiled.find((candidate) => candidate.matches(pointer))?.pattern;
}

function wildcardsIn(segments: readonly string[]): number {
  return segments.filter((segment, index) => segment === "*" || isDeep(segments, index)).length;
}

function isDeep(segments: readonly string[], index: number): boolean {
  return segments[index] === "**" && index === segments.length - 1;
}

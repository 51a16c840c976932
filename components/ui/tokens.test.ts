import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function tokensOf(selector: string): ReadonlyMap<string, string> {
  const block = css.match(new RegExp(`^ *${selector} \\{([^}]*)\\}`, "m"))?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] ?? "", found[2] ?? ""]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const light = tokensOf(":root");
const dark = new Map([...light, ...tokensOf("\\.dark")]);
const grounds = ["canvas", "surface", "sunken", "hover"];
const diffGrounds = ["surface", ...["added", "removed"].flatMap((side) => [`diff-${side}-bg`, `diff-${side}-word`])];
const text: readonly (readonly [string, string])[] = [
  ...["text", "muted", "link"].flatMap((fg) => grounds.map((bg) => [fg, bg] as const)),
  ...["ok", "info", "warn", "danger", "neutral", "accent"].flatMap((tone) =>
    [`${tone}-bg`, "surface", "canvas"].map((bg) => [`${tone}-fg`, bg] as const),
  ),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-alarm", "alarm"],
  ["on-alarm", "alarm-hover"],
  ["text", "diff-added-gutter"],
  ["text", "diff-removed-gutter"],
  ...["ok", "info", "warn", "danger", "accent"].map((tone) => ["text", `${tone}-bg`] as const),
  ...["text", "syntax-key", "syntax-string", "syntax-number", "syntax-comment"].flatMap((fg) =>
    diffGrounds.map((bg) => [fg, bg] as const),
  ),
];

test.each([
  ["light", light],
  ["dark", dark],
] as const)("text is readable on every ground it stands on, in %s mode", (_, tokens) => {
  const tooFaint = text
    .map(([fg, bg]) => ({ pair: `${fg} on ${bg}`, ratio: contrast(tokens.get(fg) ?? "", tokens.get(bg) ?? "") }))
    .filter(({ ratio }) => !(ratio >= 4.5));
  expect(tooFaint).toEqual([]);
});

test.each([
  ["light", light],
  ["dark", dark],
] as const)("the edge of a field and the focus ring stand out, in %s mode", (mode, tokens) => {
  const ring = mode === "light" ? "accent" : "link";
  for (const edge of ["field", ring]) {
    for (const ground of ["surface", "canvas"]) {
      expect(contrast(tokens.get(edge) ?? "", tokens.get(ground) ?? "")).toBeGreaterThanOrEqual(3);
    }
  }
});

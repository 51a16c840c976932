import { textId, textTitle } from "#components/reviews/words.ts";
import type { Anchor } from "#lib/reviews/model.ts";
import type { TextPair } from "#lib/reviews/view.ts";

type LineAnchor = Extract<Anchor, { readonly type: "line" }>;

/**
 * Where a line that was commented on is now: the same line if it still reads so, else the nearest one that does, else null:
 * it is no longer there.
 */
export function lineNow(anchor: LineAnchor, texts: readonly TextPair[]): number | null {
  const text = texts.find((one) => one.bundle === anchor.bundle && one.layer === anchor.layer);
  if (!text) return null;
  const lines = (anchor.side === "before" ? text.before : text.after).split("\n");
  if (lines[anchor.line - 1] === anchor.text) return anchor.line;
  let nearest: number | null = null;
  for (const [index, line] of lines.entries()) {
    const distance = Math.abs(index + 1 - anchor.line);
    if (line === anchor.text && (nearest === null || distance < Math.abs(nearest - anchor.line))) nearest = index + 1;
  }
  return nearest;
}

/** What an anchor is on, in words; null for the request itself. */
export function placeInWords(anchor: Anchor): string | null {
  switch (anchor.type) {
    case "request":
      return null;
    case "parameter":
      return `${anchor.bundle} ${anchor.pointer}`;
    case "line":
      return `${textTitle(anchor)}, line ${anchor.line}${anchor.side === "before" ? " before" : ""}`;
  }
}

/** Where an anchor is shown on the changes page, below `/changes/<number>`. */
export function placeHref(anchor: Anchor, texts: readonly TextPair[]): string | null {
  switch (anchor.type) {
    case "request":
      return null;
    case "parameter":
      return `/changes#parameter-${anchor.bundle}${anchor.pointer}`;
    case "line": {
      const line = lineNow(anchor, texts);
      if (line === null) return null;
      return `/changes#${textId(anchor)}-${anchor.side === "before" ? "L" : "R"}-${line}`;
    }
  }
}

/** Whether two anchors name the same place. */
export function isSamePlace(one: Anchor, other: Anchor): boolean {
  return JSON.stringify(keyOf(one)) === JSON.stringify(keyOf(other));
}

function keyOf(anchor: Anchor): readonly (string | number)[] {
  switch (anchor.type) {
    case "request":
      return [];
    case "parameter":
      return [anchor.bundle, anchor.pointer];
    case "line":
      return [anchor.bundle, anchor.layer, anchor.side, anchor.line];
  }
}

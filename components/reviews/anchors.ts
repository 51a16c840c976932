import { textId, textTitle } from "#components/reviews/words.ts";
import type { Anchor } from "#lib/reviews/model.ts";
import type { ChangeView, TextPair } from "#lib/reviews/view.ts";

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

type Shown = Pick<ChangeView, "texts" | "changes">;
type ParameterAnchor = Extract<Anchor, { readonly type: "parameter" }>;

/**
 * The row of a parameter that was commented on: its own, that of the parameter it lies in, or one that lies in it; null when
 * nothing of it changes any more.
 */
export function rowOf(anchor: ParameterAnchor, changes: ChangeView["changes"]): ChangeView["changes"][number] | null {
  const { bundle, pointer } = anchor;
  const here = changes.filter((change) => change.bundle === bundle);
  return (
    here.find((change) => change.pointer === pointer) ??
    here.find((change) => pointer.startsWith(`${change.pointer}/`)) ??
    here.find((change) => change.pointer.startsWith(`${pointer}/`)) ??
    null
  );
}

/** Where an anchor is shown on the changes page, below `/changes/<number>`; null: nowhere any more. */
export function placeHref(anchor: Anchor, { texts, changes }: Shown): string | null {
  switch (anchor.type) {
    case "request":
      return null;
    case "parameter": {
      const row = rowOf(anchor, changes);
      return row && `/changes#parameter-${row.bundle}${row.pointer}`;
    }
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

import { structuredPatch } from "diff";

/**
 * The edit of a text that a printer made, without what the printer alone changed. `printed` is the text as the printer
 * writes it unchanged, `edited` the same with the edit; the lines that differ between these two take the place of the
 * text's own. Null when the printer joins or splits lines, because they can't be told apart then.
 */
export function withOwnLines(text: string, printed: string, edited: string): string | null {
  const lines = text.split("\n");
  if (printed.split("\n").length !== lines.length) return null;
  const { hunks } = structuredPatch("", "", printed, edited, "", "", { context: 0 });
  for (const hunk of hunks.toReversed()) {
    const added = hunk.lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
    lines.splice(hunk.oldStart - 1, hunk.oldLines, ...added);
  }
  return lines.join("\n");
}

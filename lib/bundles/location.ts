import type { LineCounter } from "yaml";

/** 1-based; the end is one past the last character. */
export type Location = {
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

/** Offsets into the text. */
export type Range = readonly [from: number, to: number];

export function position(lines: LineCounter, offset: number): Location {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where a pointer stands, or else its nearest ancestor. */
export function locate(
  pointer: string,
  places: {
    readonly values: ReadonlyMap<string, Range>;
    readonly keys: ReadonlyMap<string, Range>;
    readonly lines: LineCounter;
  },
): Location {
  for (let near = pointer; near !== ""; near = near.slice(0, near.lastIndexOf("/"))) {
    const value = near === pointer ? places.values.get(near) : undefined;
    const key = places.keys.get(near) ?? places.values.get(near);
    // A key says where without marking a whole block, and stands for what is missing below it.
    const range = value !== undefined && isOneLine(value, places.lines) ? value : (key ?? value);
    if (range === undefined) continue;
    const from = position(places.lines, range[0]);
    const to = position(places.lines, range[1]);
    return { ...from, endLine: to.line, endColumn: to.column };
  }
  return { line: 1, column: 1 };
}

function isOneLine([from, to]: Range, lines: LineCounter): boolean {
  return to > from && lines.linePos(from).line === lines.linePos(to).line;
}

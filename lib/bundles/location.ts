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
  const exact = places.values.get(pointer);
  for (let near = pointer; near !== ""; near = near.slice(0, near.lastIndexOf("/"))) {
    // An ancestor stands for what is missing in it: its key says where without marking the whole of it.
    const hasText = near === pointer && exact !== undefined && exact[1] > exact[0];
    const range = hasText ? exact : (places.keys.get(near) ?? places.values.get(near));
    if (range === undefined) continue;
    const from = position(places.lines, range[0]);
    const to = position(places.lines, range[1]);
    return { ...from, endLine: to.line, endColumn: to.column };
  }
  return { line: 1, column: 1 };
}

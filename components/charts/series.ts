import type { Json } from "#lib/kernel/json.ts";

/** How one line of a chart looks: told apart by its dashes as well as by its colour. */
export type SeriesLook = { readonly stroke: string; readonly dash: string; readonly width: number };

const LAST: SeriesLook = { stroke: "var(--accent)", dash: "0", width: 2.5 };
const EARLIER: readonly SeriesLook[] = [
  { stroke: "var(--warn-fg)", dash: "7 4", width: 1.75 },
  { stroke: "var(--muted)", dash: "2 3", width: 1.75 },
  { stroke: "var(--ok-fg)", dash: "10 3 2 3", width: 1.75 },
  { stroke: "var(--danger-fg)", dash: "4 2 1 2", width: 1.75 },
];

/** The looks of a pipeline's stages: the last one always looks the same. */
export function looksOf(stages: number): readonly SeriesLook[] {
  return Array.from({ length: stages }, (_, at) => {
    const fromEnd = stages - 1 - at;
    return fromEnd === 0 ? LAST : (EARLIER[(fromEnd - 1) % EARLIER.length] ?? LAST);
  });
}

/** A value on a number line: a truth value counts as 0 or 1, as its relaxation does; null where there is none. */
export function measured(value: Json | null): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : null;
}

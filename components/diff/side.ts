/** Which text a line belongs to. */
export type Side = "before" | "after";
export type LinePlace = { readonly side: Side; readonly line: number };

/** How the diff library names a line: `L-12`, `R-24`. Addresses end in it too. */
export function lineKey(place: LinePlace): string {
  return `${place.side === "before" ? "L" : "R"}-${place.line}`;
}

/** The place that an address's fragment names for a diff with this id: `#<id>-R-24`. */
export function placeInFragment(fragment: string, id: string): LinePlace | null {
  const found = /^#(.+)-([LR])-(\d{1,7})$/.exec(decodeURIComponent(fragment));
  if (!found || found[1] !== id) return null;
  return { side: found[2] === "L" ? "before" : "after", line: Number(found[3]) };
}

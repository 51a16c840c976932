import { encodeCursor } from "./cursor.ts";

/** One page of a keyset-paged list; `next` is the cursor of the page after it, null on the last. */
export type Paged<T> = { readonly items: readonly T[]; readonly next: string | null };

/** Cuts a page out of rows read with `limit + 1`: the extra row only says that there are more. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): Paged<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

import { decodeCursor } from "#lib/kernel/cursor.ts";

/** The name (where the list is sorted by one) and the identifier after which a page begins. @throws Refusal `invalid` */
export function placeAfter(cursor: string | undefined): { readonly name: string; readonly id: string } | null {
  if (cursor === undefined) return null;
  const [name, id] = decodeCursor(cursor, ["string", "id"]);
  return { name, id };
}

import { decodeCursor } from "#lib/kernel/cursor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The name (where the list is sorted by one) and the identifier after which a page begins. @throws Refusal `invalid` */
export function placeAfter(cursor: string | undefined): { readonly name: string; readonly id: string } | null {
  if (cursor === undefined) return null;
  const [name, id] = decodeCursor(cursor, ["string", "string"]);
  if (uuid.test(id)) return { name, id };
  throw new Refusal("invalid", "This place in the list cannot be read; start again from the first page");
}

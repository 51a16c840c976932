import { Refusal } from "./refusal.ts";

/** What a cursor holds: the sort key of the last row that was seen. number: a 32-bit integer · id: a UUID */
export type CursorShape = readonly ("string" | "number" | "id")[];
export type CursorKey<Shape extends CursorShape> = {
  readonly [Index in keyof Shape]: Shape[Index] extends "number" ? number : string;
};

/** An opaque place in a list for keyset pages: base64url (RFC 4648 §5) of the JSON of the last row's sort key. */
export function encodeCursor(key: readonly (string | number)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads a cursor of the given shape, for example `["string", "number"]`. Throws `Refusal` "invalid" for any other text. */
export function decodeCursor<const Shape extends CursorShape>(text: string, shape: Shape): CursorKey<Shape> {
  const key: unknown = parseCursor(text);
  const fits = Array.isArray(key) && key.length === shape.length && shape.every((type, i) => isOf(type, key[i]));
  if (!fits) throw unreadable();
  return key as CursorKey<Shape>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whoever forged a cursor is told here; the database would only complain of its types. */
function isOf(type: CursorShape[number], value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string" && value.isWellFormed() && !value.includes("\0");
    case "id":
      return typeof value === "string" && UUID.test(value);
    case "number":
      // PostgreSQL's integer.
      return typeof value === "number" && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
  }
}

function parseCursor(text: string): unknown {
  if (!/^[\w-]+$/.test(text)) throw unreadable();
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw unreadable();
  }
}

function unreadable(): Refusal {
  return new Refusal("invalid", "This place in the list cannot be read; start again from the first page");
}

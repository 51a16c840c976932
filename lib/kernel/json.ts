/** A JSON value as I-JSON (RFC 7493) knows it: finite numbers, well-formed strings. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member that the object itself has; never one that it inherits, whatever the key is called. */
export function memberOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** True for an object without members, the one object that counts as a value of its own. */
export function isEmptyObject(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/**
 * Whether two values are the same JSON: key order and the spelling of numbers do not matter, the order of arrays does.
 * `undefined` stands for "not there" and equals only itself.
 */
export function jsonEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (isJsonObject(a)) return isJsonObject(b) && objectsEqual(a, b);
  if (isJsonObject(b) || a.length !== b.length) return false;
  return a.every((item, index) => jsonEqual(item, b[index]));
}

function objectsEqual(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]));
}

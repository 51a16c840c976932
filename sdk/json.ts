/** A JSON value as I-JSON (RFC 7493) knows it: finite numbers, well-formed strings. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a value is, as a person would say it. */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The value at a JSON Pointer (RFC 6901); undefined: there is none, or the pointer is not one. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  if (pointer === "") return document;
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return undefined;
  let at: Json | undefined = document;
  for (const segment of pointer.slice(1).split("/")) {
    at = childOf(at, segment.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (at === undefined) return undefined;
  }
  return at;
}

function childOf(parent: Json, key: string): Json | undefined {
  if (Array.isArray(parent)) return /^(0|[1-9]\d*)$/.test(key) ? parent[Number(key)] : undefined;
  return isJsonObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

/** Makes a value and everything in it unchangeable, so that what is served stays what was checked. */
export function frozen<T extends Json>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) frozen(child);
    Object.freeze(value);
  }
  return value;
}

import { createHash } from "node:crypto";
import { isJsonObject, type Json } from "./json.ts";

const DEEPEST = 256;

/**
 * Canonical JSON (RFC 8785): keys sorted by UTF-16 code units, numbers and strings as ECMAScript writes them.
 * Throws a `TypeError` for what is not I-JSON: numbers that are not finite, lone surrogates, nesting past 256 levels.
 */
export function canonicalJson(value: Json): string {
  return write(value, 0);
}

/** The name of a JSON value: `sha256:` and 64 hexadecimal digits over its canonical form. Throws as `canonicalJson`. */
export function digestOf(value: Json): string {
  return `sha256:${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}

function write(value: Json, depth: number): string {
  if (depth > DEEPEST) throw new TypeError(`Nested deeper than ${DEEPEST} levels`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeText(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  if (!isJsonObject(value)) throw new TypeError(`A value of type ${typeof value} is not JSON`);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${writeText(key)}:${write(member, depth + 1)}`);
  return `{${members.join(",")}}`;
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`);
  return JSON.stringify(value);
}

function writeText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError("Half of a surrogate pair is not text");
  return JSON.stringify(value);
}

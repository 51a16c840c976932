import canonicalize from "canonicalize";
import type { Json } from "./json.ts";
import { formatPointer } from "./pointer.ts";
import { Refusal } from "./refusal.ts";

/** Deeper than any configuration may be, and far from the end of the call stack. */
const deepest = 256;

/**
 * The one spelling of a JSON value: JSON Canonicalization Scheme, RFC 8785. Equal values give equal text, whatever the
 * order of their keys and the spelling of their numbers. Members that are `undefined` are left out, as JSON does.
 * Throws `Refusal` "invalid", with the place, for what I-JSON (RFC 7493) cannot say: numbers that are not finite,
 * strings with lone surrogates, anything that is not JSON, more than 256 levels.
 */
export function canonicalJson(value: Json): string {
  assertIJson(value, []);
  const text = canonicalize(value);
  if (text === undefined) throw new Refusal("invalid", "Only a JSON value has a canonical form");
  return text;
}

function assertIJson(value: unknown, path: string[]): void {
  if (path.length > deepest) throw refusalAt(path, `Nested deeper than ${deepest} levels`);
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed())
        throw refusalAt(path, "This text is not valid Unicode: it has half of a surrogate pair");
      return;
    case "number":
      if (!Number.isFinite(value)) throw refusalAt(path, `${value} is not a JSON number; numbers must be finite`);
      return;
    case "boolean":
      return;
    case "object":
      if (value !== null) assertMembers(value, path);
      return;
    case "bigint":
    case "function":
    case "symbol":
    case "undefined":
      throw refusalAt(path, `A value of type ${typeof value} is not JSON`);
  }
}

function assertMembers(value: object, path: string[]): void {
  const isPlain = Object.prototype.toString.call(value) === "[object Object]";
  if (!isPlain && !Array.isArray(value)) throw refusalAt(path, "Only plain objects and arrays are JSON");
  for (const [key, member] of Object.entries(value)) {
    path.push(key);
    if (!key.isWellFormed()) throw refusalAt(path, "This key is not valid Unicode: it has half of a surrogate pair");
    if (member !== undefined || Array.isArray(value)) assertIJson(member, path);
    path.pop();
  }
}

function refusalAt(path: readonly string[], problem: string): Refusal {
  const pointer = formatPointer(path.slice(0, deepest)).toWellFormed();
  return new Refusal("invalid", pointer === "" ? problem : `${pointer}: ${problem}`);
}

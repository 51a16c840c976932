import { isEmptyObject, isJsonObject, type Json, type JsonObject, memberOf } from "./json.ts";
import { Refusal } from "./refusal.ts";

/** A parameter: where it is (JSON Pointer) and what it is set to. */
export type Leaf = { readonly pointer: string; readonly value: Json };

/** The segments of a JSON Pointer (RFC 6901), unescaped; `[]` for the whole document. Throws `Refusal` "invalid". */
export function parsePointer(pointer: string): readonly string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/")) {
    throw new Refusal("invalid", `"${pointer}" is not a JSON Pointer: it must be empty or start with "/"`);
  }
  if (/~(?![01])/.test(pointer)) {
    throw new Refusal("invalid", `"${pointer}" is not a JSON Pointer: write "~" as "~0" and "/" in a name as "~1"`);
  }
  return pointer.slice(1).split("/").map(unescapeSegment);
}

/** The JSON Pointer (RFC 6901) of these segments. */
export function formatPointer(segments: readonly string[]): string {
  return segments.map((segment) => `/${escapeSegment(segment)}`).join("");
}

/** The pointer of a member of what `pointer` names. */
export function childPointer(pointer: string, segment: string): string {
  return `${pointer}/${escapeSegment(segment)}`;
}

// "~1" before "~0", or "~01" would become "/" (RFC 6901 §4).
function unescapeSegment(segment: string): string {
  return segment.includes("~") ? segment.replaceAll("~1", "/").replaceAll("~0", "~") : segment;
}

function escapeSegment(segment: string): string {
  return /[~/]/.test(segment) ? segment.replaceAll("~", "~0").replaceAll("/", "~1") : segment;
}

/** The value at a pointer, `undefined` when there is none. Inherited members (`constructor`) are not there. */
export function getAt(document: Json, pointer: string): Json | undefined {
  let at: Json | undefined = document;
  for (const segment of parsePointer(pointer)) {
    at = childOf(at, segment);
    if (at === undefined) return undefined;
  }
  return at;
}

function childOf(parent: Json | undefined, segment: string): Json | undefined {
  if (isJsonObject(parent)) return memberOf(parent, segment);
  if (!Array.isArray(parent)) return undefined;
  const index = indexIn(parent, segment);
  return index === undefined ? undefined : parent[index];
}

/** An array index as RFC 6901 §4 spells it: no sign, no leading zero, inside the array. */
function indexIn(array: readonly Json[], segment: string): number | undefined {
  if (!/^(0|[1-9]\d*)$/.test(segment)) return undefined;
  const index = Number(segment);
  return index < array.length ? index : undefined;
}

/**
 * A copy of the document with `value` at the pointer; what is not on the way is shared with the original. Objects that
 * are missing on the way are made; a scalar on the way is replaced by an object, as a merge patch would. Inside an
 * array, the index must exist or be `-` (append, RFC 6901 §4): else `Refusal` "invalid".
 */
export function setAt(document: Json, pointer: string, value: Json): Json {
  const set = (at: Json | undefined, [segment, ...rest]: readonly string[]): Json => {
    if (segment === undefined) return value;
    if (Array.isArray(at)) {
      const index = segment === "-" ? at.length : indexIn(at, segment);
      if (index === undefined) {
        throw new Refusal(
          "invalid",
          `${pointer}: "${segment}" is not an index of this list of ${at.length}; "-" appends`,
        );
      }
      return [...at.slice(0, index), set(at[index], rest), ...at.slice(index + 1)];
    }
    const parent = isJsonObject(at) ? at : {};
    return { ...parent, [segment]: set(memberOf(parent, segment), rest) };
  };
  return set(document, parsePointer(pointer));
}

/**
 * A copy of the document without the value at the pointer; the document itself when there is none. Parents stay, even
 * when they are left empty. Without its root, a document is `{}`.
 */
export function removeAt(document: Json, pointer: string): Json {
  if (getAt(document, pointer) === undefined) return document;
  const remove = (at: Json, [segment, ...rest]: readonly string[]): Json => {
    if (segment === undefined) return {};
    const child = childOf(at, segment);
    if (child === undefined) return at;
    if (isJsonObject(at)) {
      if (rest.length > 0) return { ...at, [segment]: remove(child, rest) };
      return Object.fromEntries(Object.entries(at).filter(([key]) => key !== segment));
    }
    if (!Array.isArray(at)) return at;
    const index = Number(segment);
    return [...at.slice(0, index), ...(rest.length > 0 ? [remove(child, rest)] : []), ...at.slice(index + 1)];
  };
  return remove(document, parsePointer(pointer));
}

/**
 * Every parameter of a document, in the document's order. A leaf is a scalar, an array (a patch replaces arrays whole,
 * so they are one value) or an object without members. The document `{}` has no parameter. Two documents are the same
 * JSON exactly when their leaves are the same.
 */
export function leavesOf(document: Json): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (!isEmptyObject(document)) collectLeaves(document, "", leaves);
  return leaves;
}

/** Adds the leaves of a value, found at `pointer`, to `leaves`. */
export function collectLeaves(value: Json, pointer: string, leaves: Leaf[]): void {
  if (!isJsonObject(value) || isEmptyObject(value)) {
    leaves.push({ pointer, value });
    return;
  }
  const object: JsonObject = value;
  for (const key of Object.keys(object)) {
    const member = object[key];
    if (member !== undefined) collectLeaves(member, childPointer(pointer, key), leaves);
  }
}

import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";

/** What compiling a schema costs grows with its members: most in one schema, and most in a whole catalogue. */
export const SCHEMA_LIMITS = { members: 500, ofCatalogue: 20_000 } as const;

/** Counts every value in a schema. Deep schemas are refused before they come here. */
export function membersOf(schema: Json): number {
  return childrenOf(schema).reduce<number>((count, child) => count + membersOf(child), 1);
}

/**
 * Why a schema is refused whatever it says, or undefined. `$async` would make the answer a promise; `$id`, `$anchor` and
 * a `$ref` to elsewhere would reach outside the document; what is referred to counts as often as it is used, so that a
 * few lines cannot spell out an endless check.
 */
export function schemaFault(schema: JsonObject): string | undefined {
  if (membersOf(schema) > SCHEMA_LIMITS.members) return tooMany;
  const keyword = forbiddenKeyword(schema);
  if (keyword) return `“${keyword}” is not allowed in a parameter's schema; remove it`;
  const spelt = speltOut(schema, { root: schema, within: [] });
  if (spelt === null) return "A “$ref” leads back to itself; spell the schema out as deep as it is needed";
  return spelt > SCHEMA_LIMITS.members ? tooMany : undefined;
}

const tooMany = `It has more than ${SCHEMA_LIMITS.members} members, counting what a “$ref” names each time; make it smaller`;
const forbidden = ["$async", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"];

function forbiddenKeyword(schema: Json): string | undefined {
  if (isJsonObject(schema)) {
    const found = forbidden.find((keyword) => Object.hasOwn(schema, keyword));
    if (found) return found;
    if (typeof schema.$id === "string") return "$id";
    const reference = schema.$ref;
    if (typeof reference === "string" && !/^#(?:\/|$)/.test(reference)) return "$ref to another document";
  }
  return childrenOf(schema)
    .map(forbiddenKeyword)
    .find((found) => found !== undefined);
}

/** How many members there are with each reference replaced by what it names; null when that has no end. */
function speltOut(
  schema: Json,
  { root, within }: { readonly root: JsonObject; readonly within: readonly string[] },
): number | null {
  let count = 1;
  const reference = isJsonObject(schema) && typeof schema.$ref === "string" ? schema.$ref : undefined;
  const named = reference === undefined ? [] : [{ value: atReference(root, reference), path: [...within, reference] }];
  if (reference !== undefined && within.includes(reference)) return null;
  for (const { value, path } of [...childrenOf(schema).map((value) => ({ value, path: within })), ...named]) {
    if (value === undefined) continue;
    const inside = speltOut(value, { root, within: path });
    if (inside === null) return null;
    count += inside;
    if (count > SCHEMA_LIMITS.members) return count;
  }
  return count;
}

/** What a reference names; undefined for nothing, which the compiler then says. */
function atReference(root: JsonObject, reference: string): Json | undefined {
  try {
    return getAt(root, decodeURIComponent(reference.slice(1)));
  } catch {
    return undefined;
  }
}

function childrenOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

import { isJsonObject, type Json, type JsonObject, jsonEqual, memberOf } from "./json.ts";
import { childPointer } from "./pointer.ts";
import { Refusal } from "./refusal.ts";

/**
 * JSON Merge Patch, RFC 7396 §2: members of the patch replace those of the target, `null` removes, objects are merged,
 * arrays are replaced whole. Neither argument is changed; what the patch does not touch is shared with the target.
 * Keys such as `__proto__` are ordinary members and never reach a prototype.
 */
export function applyMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const members = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) members.delete(key);
    else members.set(key, applyMergePatch(members.get(key), value));
  }
  return Object.fromEntries(members);
}

/**
 * The smallest merge patch (RFC 7396) that turns `before` into `after`: `{}` when both are the same object.
 * Throws `Refusal` "invalid" when `after` newly sets a member to `null`, which a merge patch cannot say.
 */
export function mergePatchOf(before: Json | undefined, after: Json): Json {
  return patchAt(before, after, "");
}

function patchAt(before: Json | undefined, after: Json, pointer: string): Json {
  if (!isJsonObject(after)) return after;
  const from: JsonObject = isJsonObject(before) ? before : {};
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(after, key));
  const patch: [string, Json][] = removed.map((key) => [key, null]);
  for (const [key, value] of Object.entries(after)) {
    const old = memberOf(from, key);
    if (jsonEqual(old, value)) continue;
    const at = childPointer(pointer, key);
    if (value === null) {
      throw new Refusal("invalid", `${at}: a merge patch cannot set a parameter to null; remove it or give it a value`);
    }
    patch.push([key, patchAt(old, value, at)]);
  }
  return Object.fromEntries(patch);
}

import { isJsonObject, type Json, type JsonObject, jsonEqual, memberOf } from "./json.ts";
import { byCodeUnits } from "./order.ts";
import { childPointer } from "./pointer.ts";

/** A place that both sides changed, differently. A side that is absent has nothing there (it removed it, or never had it). */
export type MergeConflict = {
  readonly pointer: string;
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
};

export type ThreeWayMerge = {
  /** Both sides' changes; at each conflict, provisionally, ours. */
  readonly merged: Json;
  /** In code unit order of their pointers; none lies inside another. */
  readonly conflicts: readonly MergeConflict[];
};

type Sides = { readonly base: Json | undefined; readonly ours: Json | undefined; readonly theirs: Json | undefined };

/**
 * Three-way merge of two documents that started from the same base, parameter by parameter: a change on one side is
 * taken, the same change on both sides is taken once, different changes conflict. Objects are merged member by member,
 * arrays are one value. Removing an object conflicts, as a whole, with any change inside it. Swapping the sides swaps
 * the conflicts' sides and nothing else. After diff3 (Khanna, Kunal and Pierce, 2007), on trees instead of lines.
 */
export function mergeThreeWay(base: Json, ours: Json, theirs: Json): ThreeWayMerge {
  const conflicts: MergeConflict[] = [];
  const merged = mergeAt({ base, ours, theirs }, "", conflicts);
  conflicts.sort((a, b) => byCodeUnits(a.pointer, b.pointer));
  return { merged: merged === undefined ? {} : merged, conflicts };
}

function mergeAt(sides: Sides, pointer: string, conflicts: MergeConflict[]): Json | undefined {
  const { base, ours, theirs } = sides;
  if (isJsonObject(ours) && isJsonObject(theirs)) {
    return mergeMembers({ base: isJsonObject(base) ? base : {}, ours, theirs }, pointer, conflicts);
  }
  if (jsonEqual(ours, theirs) || jsonEqual(base, theirs)) return ours;
  if (jsonEqual(base, ours)) return theirs;
  conflicts.push({
    pointer,
    ...(base !== undefined && { base }),
    ...(ours !== undefined && { ours }),
    ...(theirs !== undefined && { theirs }),
  });
  return ours;
}

function mergeMembers(
  sides: { readonly base: JsonObject; readonly ours: JsonObject; readonly theirs: JsonObject },
  pointer: string,
  conflicts: MergeConflict[],
): Json {
  const { base, ours, theirs } = sides;
  const members: [string, Json][] = [];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const member = { base: memberOf(base, key), ours: memberOf(ours, key), theirs: memberOf(theirs, key) };
    const merged = mergeAt(member, childPointer(pointer, key), conflicts);
    if (merged !== undefined) members.push([key, merged]);
  }
  return Object.fromEntries(members);
}

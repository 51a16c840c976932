import { isEmptyObject, isJsonObject, type Json, type JsonObject, jsonEqual, memberOf } from "./json.ts";
import { byCodeUnits } from "./order.ts";
import { childPointer, collectLeaves, type Leaf, parsePointer } from "./pointer.ts";

/** One parameter that differs. Without `before` it was added, without `after` removed; it always has one of them. */
export type JsonChange = { readonly pointer: string; readonly before?: Json; readonly after?: Json };

/**
 * The parameters (leaves, see `leavesOf`) that differ between two documents, sorted by pointer in code unit order.
 * Empty exactly when both are the same JSON. Both documents are walked together, once: linear in their size.
 */
export function diffJson(before: Json, after: Json): readonly JsonChange[] {
  const changes: JsonChange[] = [];
  collectChanges(isEmptyObject(before) ? undefined : before, isEmptyObject(after) ? undefined : after, "", changes);
  return changes.sort((a, b) => byCodeUnits(a.pointer, b.pointer));
}

function collectChanges(
  before: Json | undefined,
  after: Json | undefined,
  pointer: string,
  changes: JsonChange[],
): void {
  if (before === after) return;
  const left = branchOf(before);
  const right = branchOf(after);
  if (left && right) {
    for (const key of Object.keys(left)) {
      collectChanges(left[key], memberOf(right, key), childPointer(pointer, key), changes);
    }
    for (const key of Object.keys(right)) {
      if (!Object.hasOwn(left, key)) collectChanges(undefined, right[key], childPointer(pointer, key), changes);
    }
    return;
  }
  if (!left && !right && before !== undefined && after !== undefined) {
    if (!jsonEqual(before, after)) changes.push({ pointer, before, after });
    return;
  }
  for (const leaf of leavesAt(before, pointer)) changes.push({ pointer: leaf.pointer, before: leaf.value });
  for (const leaf of leavesAt(after, pointer)) changes.push({ pointer: leaf.pointer, after: leaf.value });
}

/** The value as an object that has members; anything else is a leaf. */
function branchOf(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) && !isEmptyObject(value) ? value : undefined;
}

function leavesAt(value: Json | undefined, pointer: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (value !== undefined) collectLeaves(value, pointer, leaves);
  return leaves;
}

type ChangeNode = { change?: JsonChange; readonly children: Map<string, ChangeNode> };

/**
 * The document with every change made: `applyChanges(a, diffJson(a, b))` is `b`. Changes set or remove what they name,
 * whatever was there (`before` is not compared); an object that loses its last parameter goes with it. Linear in the
 * size of the document and the changes. Throws `Refusal` "invalid" for a pointer that is not one.
 */
export function applyChanges(document: Json, changes: readonly JsonChange[]): Json {
  const root: ChangeNode = { children: new Map() };
  for (const change of changes) nodeAt(root, change.pointer).change = change;
  const changed = rebuild(document, root);
  return changed === undefined ? {} : changed;
}

function nodeAt(root: ChangeNode, pointer: string): ChangeNode {
  let node = root;
  for (const segment of parsePointer(pointer)) {
    const child = node.children.get(segment) ?? { children: new Map() };
    node.children.set(segment, child);
    node = child;
  }
  return node;
}

/** What stands at a node after its changes; `undefined` when nothing does. */
function rebuild(value: Json | undefined, node: ChangeNode): Json | undefined {
  const own = node.change ? node.change.after : value;
  if (node.children.size === 0) return own;
  const source: JsonObject = isJsonObject(own) ? own : {};
  const members = new Map(Object.entries(source));
  for (const [key, child] of node.children) {
    const member = rebuild(members.get(key), child);
    if (member === undefined) members.delete(key);
    else members.set(key, member);
  }
  if (members.size > 0) return Object.fromEntries(members);
  // Nothing is left below: an explicit value stays (a scalar, or {} that was set), an emptied object goes.
  return isJsonObject(own) && !node.change ? undefined : own;
}

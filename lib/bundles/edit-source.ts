import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { isJsonObject, type Json, type JsonObject, jsonEqual, memberOf } from "#lib/kernel/json.ts";
import { removeAt, setAt } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { withOwnLines } from "./own-lines.ts";
import { parseLayer } from "./parse.ts";

/**
 * The text with another value at a JSON Pointer; comments, order and quotes elsewhere stay. The same value again gives
 * the same text. Throws `Refusal` "invalid" when the text can't be read, or the pointer names no place in it.
 */
export function setInSource(text: string, pointer: string, value: Json): string {
  return rewritten(text, setAt(readSource(text), pointer, value));
}

/** The text without what is at a JSON Pointer. Throws as `setInSource` does. */
export function removeInSource(text: string, pointer: string): string {
  return rewritten(text, removeAt(readSource(text), pointer));
}

/**
 * Text that says `json`: `previousText` changed where it must be, comments kept where the structure survives. Text that
 * was JSON stays JSON; text that can't be read is replaced.
 */
export function sourceFromJson(json: JsonObject, previousText = ""): string {
  const previous = parseLayer(previousText, "base").value;
  if (previous === null) return toYaml(json);
  if (jsonEqual(previous, json)) return previousText;
  if (isJsonText(previousText)) return toJsonText(json);
  const edited = editDocument(previousText, json, false);
  const printed = editDocument(previousText, previous, false);
  const own = edited === null || printed === null ? null : withOwnLines(previousText, printed, edited);
  if (own !== null && says(own, json)) return own;
  if (edited !== null && says(edited, json)) return edited;
  // An anchor was edited that other places share: write every alias out first, then each place is its own.
  const unshared = editDocument(previousText, json, true);
  return unshared !== null && says(unshared, json) ? unshared : toYaml(json);
}

/** YAML 1.2 in block style; long and multi-line text as literal blocks. */
export function toYaml(json: Json): string {
  const document = parseDocument("", reading);
  document.contents = nodeOf(document, json) as typeof document.contents;
  return document.toString(writing);
}

export function toJsonText(json: Json): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

const reading = { version: "1.2", schema: "core", merge: false, uniqueKeys: false, logLevel: "silent" } as const;
const writing = { lineWidth: 0, aliasDuplicateObjects: false, flowCollectionPadding: true } as const;

function readSource(text: string): JsonObject {
  const { value, problems } = parseLayer(text, "base");
  if (value !== null) return value;
  const first = problems[0];
  const place = first?.line === undefined ? "" : ` (line ${first.line}, column ${first.column})`;
  throw new Refusal("invalid", `The text can't be read${place}; mend it first: ${first?.message ?? ""}`);
}

function rewritten(text: string, json: Json): string {
  if (!isJsonObject(json)) throw new Refusal("invalid", "A document is a mapping of keys to values");
  return sourceFromJson(json, text);
}

function isJsonText(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Flow style YAML, which may hold comments.
    return false;
  }
}

function says(text: string, json: JsonObject): boolean {
  const { value } = parseLayer(text, "base");
  return value !== null && jsonEqual(value, json);
}

/** Null when an alias lost its anchor. */
function editDocument(text: string, json: JsonObject, unshare: boolean): string | null {
  const document = parseDocument(text, reading);
  if (unshare) writeAliasesOut(document);
  const comment = document.contents === null ? document.comment : null;
  document.contents = reconcile(document, document.contents, json) as typeof document.contents;
  if (comment) {
    // A text of comments alone: they were a footer for want of anything to stand before.
    document.comment = null;
    document.commentBefore = comment;
  }
  if (hasLostAnchor(document)) return null;
  return document.toString({
    ...writing,
    indent: indentOf(text),
    indentSeq: !/^(\s*)[^\s#-][^\n]*:[ \t]*\n\1- /mu.test(text),
  });
}

function writeAliasesOut(document: Document): void {
  visit(document, {
    Alias: (_, alias) => {
      const copy = alias.resolve(document)?.clone();
      return copy && (isScalar(copy) || isMap(copy) || isSeq(copy)) ? copy : undefined;
    },
  });
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) node.anchor = undefined;
    },
  });
}

function hasLostAnchor(document: Document): boolean {
  let isLost = false;
  visit(document, {
    Alias: (_, alias) => {
      isLost ||= alias.resolve(document) === undefined;
    },
  });
  return isLost;
}

/** Columns of the first indented mapping; 2 when there is none. */
function indentOf(text: string): number {
  const width = /:[ \t]*\n( {1,8})[^\s#-]/u.exec(text)?.[1]?.length ?? 2;
  return Math.max(width, 1);
}

/** The node, changed until it says `json`; a new one, with the old one's comments, where the kind differs. */
function reconcile(document: Document, node: Node | null, json: Json): Node {
  if (node !== null && jsonEqual(jsonAt(document, node), json)) return node;
  if (isMap(node) && isJsonObject(json)) return reconcileMap(document, node, json);
  if (isSeq(node) && Array.isArray(json)) return reconcileList(document, node, json);
  const fresh = nodeOf(document, json);
  if (isScalar(node) && isScalar(fresh) && typeof node.value === "string" && typeof json === "string")
    keepStyle(node, fresh);
  if (node !== null && !isAlias(node)) {
    fresh.commentBefore = node.commentBefore;
    fresh.comment = node.comment;
    fresh.spaceBefore = node.spaceBefore;
  }
  return fresh;
}

function keepStyle(from: Scalar, to: Scalar): void {
  const isBlock = from.type === Scalar.BLOCK_LITERAL || from.type === Scalar.BLOCK_FOLDED;
  if (to.type === undefined && (!isBlock || String(to.value).includes("\n"))) to.type = from.type;
}

function reconcileMap(document: Document, map: YAMLMap, json: JsonObject): YAMLMap {
  const kept = map.items.filter((pair) => Object.hasOwn(json, keyOf(pair)));
  const seen = new Set<string>();
  for (const pair of kept) {
    seen.add(keyOf(pair));
    pair.value = reconcile(document, asNode(pair.value), memberOf(json, keyOf(pair)) ?? null);
  }
  const added = Object.entries(json)
    .filter(([key]) => !seen.has(key))
    .map(([key, value]) => new Pair(nodeOf(document, key), nodeOf(document, value)));
  if (map.items.length === 0) map.flow = false;
  map.items = [...kept, ...added];
  return map;
}

/** Items that stay at either end keep their nodes; those between are matched by position. */
function reconcileList(
  document: Document,
  list: { items: unknown[]; flow?: boolean } & Node,
  json: readonly Json[],
): Node {
  const old = list.items.map(asNode);
  const same = (node: Node | null | undefined, value: Json | undefined) =>
    node !== undefined && value !== undefined && jsonEqual(jsonAt(document, node), value);
  let tail = 0;
  let head = 0;
  const shorter = Math.min(old.length, json.length);
  while (head < shorter && same(old[head], json[head])) head += 1;
  while (tail < shorter - head && same(old.at(-1 - tail), json.at(-1 - tail))) tail += 1;
  const fromEnd = old.length - json.length;
  if (list.items.length === 0) list.flow = false;
  list.items = json.map((value, index) => {
    const isTail = index >= json.length - tail;
    const isBetween = index < old.length - tail;
    return reconcile(document, (isTail ? old[index + fromEnd] : isBetween ? old[index] : null) ?? null, value);
  });
  return list;
}

function jsonAt(document: Document, node: Node | null): Json {
  return node === null ? null : (node.toJS(document) as Json);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

/** A new node. Text that a reader could take for something else is quoted. */
function nodeOf(document: Document, json: Json): Scalar | YAMLMap | Node {
  const node = document.createNode(json, { aliasDuplicateObjects: false });
  visit(node, {
    Scalar: (_, scalar) => {
      const { value } = scalar;
      if (typeof value === "string" && (value === "<<" || /^(?:yes|no|on|off)$/iu.test(value)))
        scalar.type = Scalar.QUOTE_DOUBLE;
      if (Object.is(value, -0)) scalar.value = 0;
    },
  });
  return node;
}

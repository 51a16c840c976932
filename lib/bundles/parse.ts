import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { childPointer } from "#lib/kernel/pointer.ts";
import { byteLength, FORBIDDEN_KEYS, LIMITS, REFUSALS } from "./limits.ts";
import { type Location, locate, position, type Range } from "./location.ts";
import type { Layer, Problem } from "./model.ts";
import { composeYaml, type Scan, scanYaml } from "./yaml-scan.ts";
import { syntaxProblem } from "./yaml-syntax.ts";

export type ParsedLayer = {
  /** Null when a problem of severity error was found. */
  readonly value: JsonObject | null;
  readonly problems: readonly Problem[];
  /** Where a JSON Pointer stands in the text, or its nearest ancestor that does; null when the text could not be read. */
  readonly locate: (pointer: string) => Location | null;
};

const allowedTags = ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`);

/**
 * Reads one layer of a document: YAML 1.2 (core schema), of which JSON is a part. Empty text is an empty object.
 * Never throws; refuses, with line and column, whatever would not be the same JSON to every reader. Messages quote
 * keys, never values.
 */
export function parseLayer(text: string, layer: Layer): ParsedLayer {
  const bytes = byteLength(text);
  if (bytes > LIMITS.bytes) return refused(layer, "yaml.too_large", REFUSALS.tooLarge(bytes));
  const surrogate = text.search(/\p{Surrogate}/u);
  const scan = scanYaml(text);
  const at = (offset: number) => position(scan.lines, offset);
  if (surrogate >= 0) return refused(layer, "yaml.not_unicode", REFUSALS.notUnicode, at(surrogate));
  if (scan.directiveAt !== null) {
    const message =
      "Directives (lines that begin with %) are not allowed: every document is YAML 1.2. Remove this line";
    return refused(layer, "yaml.directive", message, at(scan.directiveAt));
  }
  if (scan.tooDeepAt !== null) return refused(layer, "yaml.too_deep", REFUSALS.tooDeep, at(scan.tooDeepAt));
  if (scan.hasTooManyLeaves) return refused(layer, "yaml.too_many_leaves", REFUSALS.tooManyLeaves, at(0));
  if (scan.secondDocumentAt !== null) {
    const message = "The text holds several documents; keep one and remove the line ---";
    return refused(layer, "yaml.many_documents", message, at(scan.secondDocumentAt));
  }
  const document = composeYaml(scan, text.length);
  if (document !== undefined && document.errors.length > 0) {
    const problems = document.errors.slice(0, 20).map((error) => syntaxProblem(error, layer, at(error.pos[0])));
    return { value: null, problems, locate: () => null };
  }
  return readTree(document?.contents ?? null, layer, scan);
}

function refused(layer: Layer, rule: string, message: string, place: Location = { line: 1, column: 1 }): ParsedLayer {
  const problem: Problem = { rule, severity: "error", message, layer, line: place.line, column: place.column };
  return { value: null, problems: [problem], locate: () => null };
}

/** Turns the tree into JSON, remembering where each value stands. */
function readTree(root: Node | null, layer: Layer, scan: Scan): ParsedLayer {
  const problems: Problem[] = [];
  const values = new Map<string, Range>();
  const keys = new Map<string, Range>();
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let leaves = 0;
  let characters = 0;
  let isOverLimit = false;

  const report = (
    rule: string,
    pointer: string,
    node: Node,
    message: string,
    severity: Problem["severity"] = "error",
  ) => {
    const place = position(scan.lines, node.range?.[0] ?? 0);
    problems.push({ rule, severity, message, layer, pointer, line: place.line, column: place.column });
  };
  const stop = (rule: string, pointer: string, node: Node, message: string) => {
    if (!isOverLimit) report(rule, pointer, node, message);
    isOverLimit = true;
  };

  /** Text can only grow past its own size by aliases. */
  const count = (text: string, pointer: string, node: Node) => {
    characters += text.length;
    if (characters > LIMITS.bytes) {
      stop("yaml.alias_bomb", pointer, node, "Aliases blow this document up past 1 MiB; write the values out");
    }
  };

  function read(node: Node | null, pointer: string, level: number): Json {
    if (node === null || isOverLimit) return null;
    const range: Range = [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
    if (!values.has(pointer)) values.set(pointer, range);
    if (isAlias(node)) return readAlias(node, pointer, level);
    if (node.anchor) anchors.set(node.anchor, node);
    if (node.tag && !allowedTags.includes(node.tag)) {
      report("yaml.tag", pointer, node, "Custom tags are not allowed; remove the tag and write the plain value");
    }
    if (!isScalar(node) && level > LIMITS.levels) stop("yaml.too_deep", pointer, node, REFUSALS.tooDeep);
    const isEmpty = isScalar(node) || ((isMap(node) || isSeq(node)) && node.items.length === 0);
    if (isEmpty) leaves += 1;
    if (leaves > LIMITS.leaves) stop("yaml.too_many_leaves", pointer, node, REFUSALS.tooManyLeaves);
    if (isOverLimit) return null;
    if (isScalar(node)) return readScalar(node, pointer);
    open.add(node);
    const value = isMap(node) ? readMap(node, pointer, level) : isSeq(node) ? readSeq(node, pointer, level) : null;
    open.delete(node);
    return value;
  }

  function readAlias(node: Alias, pointer: string, level: number): Json {
    const target = anchors.get(node.source);
    if (target === undefined) {
      report(
        "yaml.alias",
        pointer,
        node,
        "This alias has no anchor before it; define the anchor, or write the value out",
      );
      return null;
    }
    if (open.has(target)) {
      report(
        "yaml.alias",
        pointer,
        node,
        "This alias stands inside its own anchor, which would never end; write the value out",
      );
      return null;
    }
    return read(target, pointer, level);
  }

  function readScalar(node: Scalar, pointer: string): Json {
    const value: unknown = node.value;
    if (typeof value === "string") {
      count(value, pointer, node);
      if (!value.isWellFormed()) report("yaml.not_unicode", pointer, node, REFUSALS.notUnicode);
      if (node.type === "PLAIN" && /^(?:yes|no|on|off)$/iu.test(value)) {
        const message =
          "This is text, not a truth value (YAML 1.2). Write true or false, or put it in quotes to keep the text";
        report("yaml.ambiguous", pointer, node, message, "warning");
      }
      return value;
    }
    if (typeof value === "bigint") return readInteger(value, node, pointer);
    if (typeof value === "number") {
      if (!Number.isFinite(value)) report("yaml.not_finite", pointer, node, REFUSALS.notFinite);
      return value + 0;
    }
    if (typeof value === "boolean" || value === null || value === undefined) return value ?? null;
    report(
      "yaml.tag",
      pointer,
      node,
      "This value is not JSON; write text, a number, true, false, null, a list or a mapping",
    );
    return null;
  }

  function readInteger(value: bigint, node: Scalar, pointer: string): number {
    const number = Number(value);
    if (!Number.isFinite(number)) report("yaml.not_finite", pointer, node, REFUSALS.notFinite);
    else if (BigInt(number) !== value && String(number) !== String(value)) {
      // The shortest spelling of a double (ECMA-262, used by RFC 8785) may stand for it even where it is not its exact value.
      const message =
        "This integer can't be held exactly (past 2^53) and would be rounded; write it in quotes, as text";
      report("yaml.inexact_integer", pointer, node, message);
    }
    return number;
  }

  function readSeq(node: YAMLSeq, pointer: string, level: number): Json {
    return node.items.map((item, index) => read(asNode(item), `${pointer}/${index}`, level + 1));
  }

  function readMap(node: YAMLMap, pointer: string, level: number): Json {
    const object: Record<string, Json> = {};
    const seen = new Set<string>();
    for (const pair of node.items) {
      const keyNode = asNode(pair.key);
      const key = keyNode === null ? null : readKey(keyNode, pointer, seen);
      if (keyNode === null || key === null) continue;
      const child = childPointer(pointer, key);
      if (!keys.has(child)) keys.set(child, [keyNode.range?.[0] ?? 0, keyNode.range?.[1] ?? 0]);
      const value = read(asNode(pair.value), child, level + 1);
      if (isOverLimit) break;
      object[key] = value;
    }
    return object;
  }

  /** The key, or null when it was refused. */
  function readKey(node: Node, pointer: string, seen: Set<string>): string | null {
    const key = isScalar(node) ? node.value : undefined;
    if (isScalar(node) && node.tag && !allowedTags.includes(node.tag)) {
      report("yaml.tag", pointer, node, "Custom tags are not allowed; remove the tag and write the plain key");
      return null;
    }
    if (typeof key !== "string") {
      report("yaml.key_not_text", pointer, node, "Keys must be text; put this key in quotes");
      return null;
    }
    count(key, pointer, node);
    const child = childPointer(pointer, key);
    if (key === "<<" && isScalar(node) && node.type === "PLAIN") {
      report("yaml.merge_key", child, node, "Merge keys (<<) are not part of YAML 1.2; write the values out");
    } else if (FORBIDDEN_KEYS.includes(key)) report("yaml.forbidden_key", child, node, REFUSALS.forbiddenKey(key));
    else if (!key.isWellFormed()) report("yaml.not_unicode", pointer, node, REFUSALS.notUnicode);
    else if (seen.has(key)) {
      report("yaml.duplicate_key", child, node, `The key “${key.slice(0, 80)}” stands here twice; keep one of them`);
    } else {
      seen.add(key);
      if (isScalar(node) && node.anchor) anchors.set(node.anchor, node);
      return key;
    }
    return null;
  }

  const isEmptyText = root === null || (isScalar(root) && root.value === null && (root.source ?? "") === "");
  const value = isEmptyText ? {} : read(root, "", 1);
  if (root !== null && !isEmptyText && !isMap(root) && !problems.some((problem) => problem.severity === "error")) {
    report(
      "yaml.not_an_object",
      "",
      root,
      "The document must be a mapping of keys to values, such as “temperature: 0.2”",
    );
  }
  const isRefused = problems.some((problem) => problem.severity === "error");
  return {
    value: isRefused ? null : (value as JsonObject),
    problems,
    locate: (pointer) => locate(pointer, { values, keys, lines: scan.lines }),
  };
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { childPointer } from "#lib/kernel/pointer.ts";
import type { Layer, Problem } from "./model.ts";

/** What one layer of a document may hold. Levels count containers: the root object is the first. */
export const LIMITS = { bytes: 1_048_576, levels: 32, leaves: 10_000 } as const;

/** Keys that reach an object's prototype in careless readers. */
export const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Sentences for the refusals that the text reader and the value checker share. */
export const REFUSALS = {
  tooLarge: (bytes: number) =>
    `The document has ${bytes.toLocaleString("en")} bytes; at most ${LIMITS.bytes.toLocaleString("en")} (1 MiB) are allowed. Move large material out and refer to it`,
  tooDeep: `The document is nested deeper than ${LIMITS.levels} levels; flatten it`,
  tooManyLeaves: `The document has more than ${LIMITS.leaves.toLocaleString("en")} values; split it into several bundles`,
  forbiddenKey: (key: string) => `The key “${key}” is not allowed, because it reaches an object's prototype; rename it`,
  notFinite: "This number is not finite; JSON has no infinity and no NaN. Write a finite number, or leave the key out",
  notUnicode: "This text is not valid Unicode: it holds half of a surrogate pair. Write the whole character",
} as const;

/** What a document that came as JSON instead of text breaks: the same limits, by pointer. Stops at the first excess of size. */
export function problemsOfValue(value: JsonObject, layer: Layer): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (rule: string, pointer: string, message: string) =>
    problems.push({ rule, severity: "error", message, layer, pointer });

  let leaves = 0;
  const pending: { readonly at: string; readonly it: Json; readonly level: number }[] = [
    { at: "", it: value, level: 1 },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { at, it, level } = next;
    if (typeof it === "number" && !Number.isFinite(it)) report("yaml.not_finite", at, REFUSALS.notFinite);
    if (typeof it === "string" && !it.isWellFormed()) report("yaml.not_unicode", at, REFUSALS.notUnicode);
    const children = childrenOf(it);
    if (children.length === 0) leaves += 1;
    if (leaves > LIMITS.leaves) return [...problems, tooMuch("yaml.too_many_leaves", REFUSALS.tooManyLeaves, layer)];
    if (typeof it === "object" && it !== null && level > LIMITS.levels)
      return [...problems, tooMuch("yaml.too_deep", REFUSALS.tooDeep, layer)];
    for (const [key, child] of children) {
      const pointer = childPointer(at, key);
      if (FORBIDDEN_KEYS.includes(key)) report("yaml.forbidden_key", pointer, REFUSALS.forbiddenKey(key));
      if (!key.isWellFormed()) report("yaml.not_unicode", at, REFUSALS.notUnicode);
      pending.push({ at: pointer, it: child, level: level + 1 });
    }
  }
  // Last, because only now is it known to be shallow enough to be written out.
  const bytes = byteLength(JSON.stringify(value));
  if (bytes > LIMITS.bytes) report("yaml.too_large", "", REFUSALS.tooLarge(bytes));
  return problems;
}

function tooMuch(rule: string, message: string, layer: Layer): Problem {
  return { rule, severity: "error", message, layer, pointer: "" };
}

function childrenOf(value: Json): readonly (readonly [string, Json])[] {
  if (isJsonObject(value)) return Object.entries(value);
  return Array.isArray(value) ? value.map((item: Json, index) => [String(index), item] as const) : [];
}

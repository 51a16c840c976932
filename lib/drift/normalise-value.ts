import { isReference } from "#lib/bundles/reference.ts";
import { isEmptyObject, isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";
import type { Comparison, ParameterRule } from "#lib/systems/model.ts";
import { plainText, readBoolean, readDuration, readNumber, readQuantity, readSemver, readUrl } from "./scalars.ts";

/** What stands for a value that is not to be shown: `{"$redacted": fingerprint}`. */
export function isRedacted(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, "$redacted");
}

/** An object that is one value, whatever its members: a reference, or a fingerprint. */
export function isOneValue(value: Json | undefined): boolean {
  return isReference(value) || isRedacted(value);
}

const plain: Comparison = {};

/**
 * A parameter's value as it is compared: undefined where it counts as absent. Normalising what is normalised changes
 * nothing. `fromEnvironment`: it came out of an environment variable, so a text may mean what the schema wants.
 */
export function normaliseValue(
  value: Json,
  rule: ParameterRule | undefined,
  fromEnvironment: boolean,
): Json | undefined {
  const comparison = rule?.comparison ?? plain;
  const typed = fromEnvironment ? readBySchema(value, rule?.schema) : value;
  if (isAbsent(typed, comparison)) return undefined;
  const reader = { comparison, unit: rule?.unit, fromEnvironment };
  const normal = normalisePart(typed, rule?.schema, reader);
  return Array.isArray(normal) ? inOrder(normal, comparison.list) : normal;
}

function isAbsent(value: Json, { absentAs }: Comparison): boolean {
  if (absentAs === undefined) return false;
  if (value === null) return absentAs.includes("null");
  if (!absentAs.includes("empty")) return false;
  if (typeof value === "string") return plainText(value) === "";
  return Array.isArray(value) ? value.length === 0 : isEmptyObject(value);
}

type Reader = {
  readonly comparison: Comparison;
  readonly unit: string | undefined;
  readonly fromEnvironment: boolean;
};

function normalisePart(value: Json, schema: JsonObject | undefined, reader: Reader): Json {
  if (typeof value === "string") return readText(value, reader);
  if (typeof value === "number")
    return reader.comparison.as === "boolean" && (value === 0 || value === 1) ? value === 1 : value;
  if (typeof value === "boolean" || value === null) return value;
  if (!isJsonObject(value)) {
    const items = objectAt(schema, "items");
    return value.map((item) => normalisePart(typedBy(item, items, reader), items, reader));
  }
  return isOneValue(value) ? value : normaliseMembers(value, schema, reader);
}

/** How scalars are read belongs to the parameter itself, not to what lies inside a mapping; how text is, to all of it. */
function normaliseMembers(value: JsonObject, schema: JsonObject | undefined, reader: Reader): JsonObject {
  const properties = objectAt(schema, "properties");
  const { text } = reader.comparison;
  const inside: Reader = { ...reader, comparison: text === undefined ? plain : { text }, unit: undefined };
  const members = Object.entries(value).map(([key, member]): readonly [string, Json] => {
    const own = objectAt(properties, key);
    return [key, normalisePart(typedBy(member, own, reader), own, inside)];
  });
  for (const key of Object.keys(properties ?? {})) {
    const own = objectAt(properties, key);
    const standard = own && memberOf(own, "default");
    if (standard !== undefined && !Object.hasOwn(value, key)) members.push([key, normalisePart(standard, own, inside)]);
  }
  return Object.fromEntries(members);
}

function typedBy(value: Json, schema: JsonObject | undefined, { fromEnvironment }: Reader): Json {
  return fromEnvironment ? readBySchema(value, schema) : value;
}

function readText(value: string, { comparison, unit }: Reader): Json {
  const text = textOf(value, comparison.text);
  switch (comparison.as) {
    case undefined:
      return text;
    case "number":
      return readNumber(text) ?? text;
    case "boolean":
      return readBoolean(text) ?? text;
    case "duration":
      return readDuration(text, unit) ?? text;
    case "quantity":
      return readQuantity(text) ?? text;
    case "semver":
      return readSemver(text) ?? text;
    case "url":
      return readUrl(text) ?? text;
    case "case_insensitive":
      return text.toLowerCase();
  }
}

function textOf(value: string, text: Comparison["text"]): string {
  switch (text) {
    case undefined:
    case "exact":
      return plainText(value);
    case "trimmed":
      return plainText(value).trim();
    case "nfc":
      return plainText(value).normalize("NFC");
  }
}

/** What a text means where the schema wants a number, a truth value, a list or a mapping, and no text. */
function readBySchema(value: Json, schema: JsonObject | undefined): Json {
  if (typeof value !== "string" || schema === undefined) return value;
  const types: readonly (Json | undefined)[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes("string")) return value;
  if (types.includes("number") || types.includes("integer")) {
    const number = readNumber(value);
    if (number !== undefined) return number;
  }
  if (types.includes("boolean")) return readBoolean(value) ?? value;
  return types.includes("array") || types.includes("object") ? readStructure(value, types) : value;
}

/** What a text means where a value like this is meant; as text where it means none. */
export function readLike(text: string, like: Json): Json {
  if (like === null) return text;
  return readBySchema(text, { type: Array.isArray(like) ? "array" : typeof like });
}

function readStructure(text: string, types: readonly (Json | undefined)[]): Json {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    const value = JSON.parse(text) as Json;
    return types.includes(Array.isArray(value) ? "array" : "object") ? value : text;
  } catch {
    return text;
  }
}

function inOrder(items: readonly Json[], list: Comparison["list"]): Json {
  if (list === undefined || list === "ordered") return items;
  const keyed = items.map((item) => ({ item, key: sortKey(item, list) }));
  keyed.sort((a, b) => byCodeUnits(a.key, b.key));
  // A set holds each of its members once, however often it was written.
  const kept = list === "set" ? keyed.filter(({ key }, index) => key !== keyed[index - 1]?.key) : keyed;
  return kept.map(({ item }) => item);
}

/** All of the keys, never a part of them; what is the same by its keys is ordered by the rest. */
function sortKey(item: Json, list: "set" | { readonly key: readonly string[] }): string {
  if (list === "set") return textOfValue(item);
  const object = isJsonObject(item) ? item : {};
  return `${textOfValue(list.key.map((key) => memberOf(object, key) ?? null))} ${textOfValue(item)}`;
}

/** One text for each JSON value: keys in code unit order, numbers as ECMAScript writes them. */
export function textOfValue(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (!isJsonObject(value)) return `[${value.map(textOfValue).join()}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${textOfValue(value[key] ?? null)}`).join()}}`;
}

function objectAt(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const member = parent && memberOf(parent, key);
  return isJsonObject(member) ? member : undefined;
}

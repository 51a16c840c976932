import { isEmptyObject, isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { childPointer, parsePointer } from "#lib/kernel/pointer.ts";
import type { Origins } from "#lib/runtimes/model.ts";
import { type Catalogue, catalogueOf, isDeepPattern, isWildcard } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import { isOneValue, normaliseValue, textOfValue } from "./normalise-value.ts";

/** One setting of a document, ready to be compared. */
export type NormalParameter = {
  readonly pointer: string;
  readonly rule?: ParameterRule;
  /** As people wrote it; of a default, as the catalogue has it. */
  readonly raw: Json;
  readonly value: Json;
  /** The same text exactly when the values are the same. */
  readonly text: string;
  /** False for a default that the document leaves out. */
  readonly isWritten: boolean;
  /** An environment variable set it: a text may mean a number. */
  readonly isFromVariable?: boolean;
};

/** By pointer. What is volatile or belongs to the runtime is not in it. */
export type NormalDocument = ReadonlyMap<string, NormalParameter>;

type Normaliser = {
  readonly catalogue: Catalogue;
  /** Mappings that the catalogue names only for what lies in them. */
  readonly hulls: ReadonlySet<string>;
  readonly defaults: readonly Default[];
  readonly known: WeakMap<JsonObject, NormalDocument>;
};
type Default = {
  readonly segments: readonly string[];
  readonly hasWildcard: boolean;
  /** At its place, where it has no wildcard. */
  readonly parameter: NormalParameter;
};

const compiled = new WeakMap<Rules, Map<string, Normaliser>>();
const nowhere: Origins = {};

/**
 * A document as it is compared, whether it was declared, observed, captured or patched: cut into the parameters that
 * the catalogue knows, defaults written out, each value in the one form that its rule gives it (docs/drift.md).
 * Compiled once for each `Rules` value; a document without origins is normalised once.
 */
export function normalise(question: {
  readonly rules: Rules;
  readonly bundle: string;
  readonly document: JsonObject;
  readonly origins?: Origins;
}): NormalDocument {
  const { rules, bundle, document, origins = nowhere } = question;
  const normaliser = normaliserOf(rules, bundle);
  const variables = Object.keys(origins).filter((pointer) => isFromEnvironment(origins[pointer]));
  if (variables.length > 0) return normaliseWith(normaliser, document, new Set(variables));
  const known = normaliser.known.get(document);
  if (known) return known;
  const normal = normaliseWith(normaliser, document, new Set());
  normaliser.known.set(document, normal);
  return normal;
}

/** Values from environment variables are text, whatever they mean. */
function isFromEnvironment(origin: string | undefined): boolean {
  return origin !== undefined && /^env(?:ironment)?(?:[\s:_-]|$)/iu.test(origin);
}

function normaliserOf(rules: Rules, bundle: string): Normaliser {
  const ofRules = compiled.get(rules) ?? new Map<string, Normaliser>();
  compiled.set(rules, ofRules);
  const existing = ofRules.get(bundle);
  if (existing) return existing;
  const catalogue = catalogueOf(rules, bundle);
  const normaliser = {
    catalogue,
    hulls: new Set(catalogue.rules.flatMap(({ pattern }) => hullsOf(pattern))),
    defaults: catalogue.rules.flatMap(defaultOf),
    known: new WeakMap(),
  };
  ofRules.set(bundle, normaliser);
  return normaliser;
}

/** The places above a pattern that have a name; a member that a wildcard finds is something, even when it is empty. */
function hullsOf(pattern: string): readonly string[] {
  const parent = pattern.slice(0, pattern.lastIndexOf("/"));
  return parent === "" ? [] : [...(isWildcard(parent) ? [] : [parent]), ...hullsOf(parent)];
}

function defaultOf(rule: ParameterRule): readonly Default[] {
  if (rule.default === undefined || isLeftOut(rule) || isDeepPattern(rule.pattern)) return [];
  const value = normaliseValue(rule.default, rule, false);
  if (value === undefined) return [];
  const { pattern: pointer, default: raw } = rule;
  const parameter = { pointer, rule, raw, value, text: textOfValue(value), isWritten: false };
  return [{ segments: parsePointer(pointer), hasWildcard: isWildcard(pointer), parameter }];
}

function isLeftOut(rule: ParameterRule | undefined): boolean {
  return rule?.comparison?.isVolatile === true || rule?.comparison?.owner === "runtime";
}

function normaliseWith(
  { catalogue, hulls, defaults }: Normaliser,
  document: JsonObject,
  variables: ReadonlySet<string>,
): NormalDocument {
  const parameters = new Map<string, NormalParameter>();
  const emit = (pointer: string, raw: Json, rule: ParameterRule | undefined) => {
    if (isLeftOut(rule)) return;
    const isFromVariable = variables.size > 0 && isSetBy(variables, pointer);
    const value = normaliseValue(raw, rule, isFromVariable);
    if (value === undefined) return;
    const parameter = { pointer, ...(rule && { rule }), raw, value, text: textOfValue(value), isWritten: true };
    parameters.set(pointer, isFromVariable ? { ...parameter, isFromVariable } : parameter);
  };
  cutMembers(document, { pointer: "", hasOwner: false }, { catalogue, hulls, emit });
  for (const { segments, hasWildcard, parameter } of defaults) {
    if (!hasWildcard) {
      const isFree = !parameters.has(parameter.pointer) && hasRoomFor(segments, document);
      if (isFree) parameters.set(parameter.pointer, parameter);
      continue;
    }
    for (const pointer of placesOf(segments, document)) {
      if (!parameters.has(pointer) && catalogue.ruleFor(pointer) === parameter.rule) {
        parameters.set(pointer, { ...parameter, pointer });
      }
    }
  }
  return parameters;
}

/** Whether a variable set this place, all around it, or something inside it. */
function isSetBy(variables: ReadonlySet<string>, pointer: string): boolean {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) if (variables.has(at)) return true;
  for (const variable of variables) if (variable.startsWith(`${pointer}/`)) return true;
  return variables.has("");
}

type Cutter = Pick<Normaliser, "catalogue" | "hulls"> & {
  readonly emit: (pointer: string, raw: Json, rule: ParameterRule | undefined) => void;
};
/** `hasOwner`: a rule further up describes what no rule of its own does. */
type At = { readonly pointer: string; readonly hasOwner: boolean };

/** Emits the parameters of a value; answers what is left for the rule further up. */
function cut(value: Json, at: At, cutter: Cutter): Json | undefined {
  const { catalogue, hulls, emit } = cutter;
  const rule = catalogue.ruleFor(at.pointer);
  const isBranch = isJsonObject(value) && !isEmptyObject(value) && !isOneValue(value);
  if (!isBranch) {
    if (rule) emit(at.pointer, value, rule);
    else if (hulls.has(at.pointer) && isEmptyObject(value)) return undefined;
    else if (at.hasOwner) return value;
    else emit(at.pointer, value, undefined);
    return undefined;
  }
  if (rule === undefined || isDeepPattern(rule.pattern)) return cutMembers(value, at, cutter);
  if (!catalogue.isContainer(at.pointer)) {
    emit(at.pointer, value, rule);
    return undefined;
  }
  const rest = cutMembers(value, { pointer: at.pointer, hasOwner: true }, cutter);
  if (rest !== undefined) emit(at.pointer, rest, rule);
  return undefined;
}

function cutMembers(value: JsonObject, at: At, cutter: Cutter): JsonObject | undefined {
  let rest: Record<string, Json> | undefined;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    const left = cut(member, { pointer: childPointer(at.pointer, key), hasOwner: at.hasOwner }, cutter);
    if (left === undefined) continue;
    rest ??= {};
    rest[key] = left;
  }
  return rest;
}

/** A default has no place below what the document has made a plain value. */
function hasRoomFor(segments: readonly string[], document: JsonObject): boolean {
  let at: Json | undefined = document;
  for (const segment of segments) {
    if (at === undefined) return true;
    if (!isJsonObject(at)) return false;
    at = memberOf(at, segment);
  }
  return true;
}

/** Where a pattern's default applies: below each member that its wildcards find in this document. */
function placesOf(segments: readonly string[], document: JsonObject): readonly string[] {
  if (segments.at(-1) === "*") return [];
  let open: readonly { readonly pointer: string; readonly value: Json | undefined }[] = [
    { pointer: "", value: document },
  ];
  for (const segment of segments) {
    open = open.flatMap(({ pointer, value }) => {
      if (value !== undefined && !isJsonObject(value)) return [];
      const parent = value ?? {};
      const keys = segment === "*" ? Object.keys(parent) : [segment];
      return keys.map((key) => ({ pointer: childPointer(pointer, key), value: memberOf(parent, key) }));
    });
  }
  return open.map(({ pointer }) => pointer);
}

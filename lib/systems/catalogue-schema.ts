import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { bySpecificity } from "#lib/kernel/pattern.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";
import { catalogueOf } from "./catalogue.ts";
import type { ParameterRule, Rules } from "./model.ts";

/** The patterns as a tree, one node for each segment. */
type PatternNode = {
  readonly rule?: ParameterRule;
  readonly members: ReadonlyMap<string, PatternNode>;
  readonly any?: PatternNode;
  readonly deep?: ParameterRule;
};

const emptyNode: PatternNode = { members: new Map() };

/**
 * The JSON Schema (2020-12) of a bundle's effective configuration, put together from the catalogue. Parameters that
 * the catalogue does not describe are allowed: they are a warning, not a refusal.
 */
export function jsonSchemaOf(rules: Rules, bundle: string): JsonObject {
  const sorted = catalogueOf(rules, bundle).rules;
  const tree = sorted.reduce((node, rule) => insert(node, parsePointer(rule.pattern), rule), emptyNode);
  const definitions: Record<string, Json> = {};
  const root = schemaOf(tree, undefined, definitions);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `Configuration of ${bundle}`,
    type: "object",
    ...root,
    ...(Object.keys(definitions).length > 0 && { $defs: definitions }),
  };
}

function insert(node: PatternNode, [segment, ...rest]: readonly string[], rule: ParameterRule): PatternNode {
  if (segment === undefined) return { ...node, rule: node.rule ?? rule };
  if (segment === "**" && rest.length === 0) return { ...node, deep: node.deep ?? rule };
  if (segment === "*") return { ...node, any: insert(node.any ?? emptyNode, rest, rule) };
  const members = new Map(node.members);
  members.set(segment, insert(members.get(segment) ?? emptyNode, rest, rule));
  return { ...node, members };
}

/** Both patterns hold for what both match; of two rules for one place the more specific wins. */
function overlay(specific: PatternNode, general: PatternNode | undefined): PatternNode {
  if (general === undefined) return specific;
  const members = new Map(general.members);
  for (const [key, member] of specific.members) members.set(key, overlay(member, general.members.get(key)));
  const any = specific.any ? overlay(specific.any, general.any) : general.any;
  const rule = moreSpecific(specific.rule, general.rule);
  const deep = moreSpecific(specific.deep, general.deep);
  return { members, ...(any && { any }), ...(rule && { rule }), ...(deep && { deep }) };
}

function moreSpecific(a: ParameterRule | undefined, b: ParameterRule | undefined): ParameterRule | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return bySpecificity(a.pattern, b.pattern) <= 0 ? a : b;
}

function schemaOf(node: PatternNode, above: ParameterRule | undefined, definitions: Record<string, Json>): JsonObject {
  const deep = moreSpecific(node.deep, above);
  const properties = [...node.members].map(([key, member]): [string, Json] => [
    key,
    schemaOf(overlay(member, node.any), deep, definitions),
  ]);
  const others = node.any ? schemaOf(node.any, deep, definitions) : deep && { $ref: deepReference(deep, definitions) };
  const required = [...node.members].filter(([, member]) => isNeeded(member)).map(([key]) => key);
  const children: JsonObject = {
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(others !== undefined && { additionalProperties: others }),
    ...(required.length > 0 && { required }),
  };
  const own = node.rule ? described(node.rule) : undefined;
  if (Object.keys(children).length === 0) return own ?? {};
  if (own !== undefined) return { allOf: [own, children] };
  const mapping: JsonObject = { type: "object", ...children };
  // A deep pattern from above describes this place too, when it is a leaf.
  if (above === undefined || required.length > 0) return mapping;
  return { anyOf: [{ ...mapping, ...container }, { allOf: [{ not: container }, described(above)] }] };
}

/** A place is needed when a required parameter without wildcards lies at it or below. */
function isNeeded(node: PatternNode): boolean {
  return node.rule?.required === true || [...node.members.values()].some(isNeeded);
}

function described(rule: ParameterRule): JsonObject {
  return {
    title: rule.title,
    ...(rule.description !== undefined && { description: rule.description }),
    ...(rule.default !== undefined && { default: rule.default }),
    ...rule.schema,
  };
}

const container: JsonObject = { type: "object", minProperties: 1 };

/** `**` describes leaves, so a container is looked into and anything else must fit. */
function deepReference(rule: ParameterRule, definitions: Record<string, Json>): string {
  const reference = `#/$defs/${encodeURIComponent(rule.pattern.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
  definitions[rule.pattern] ??= {
    anyOf: [
      { ...container, additionalProperties: { $ref: reference } },
      { allOf: [{ not: container }, described(rule)] },
    ],
  };
  return reference;
}

import type { JsonObject } from "#lib/kernel/json.ts";
import type { ParameterRule, Rules, TemplateName } from "#lib/systems/model.ts";

/** What a new system starts from: its rules, its environments in order, and a first text for each bundle. */
export type Template = {
  readonly name: TemplateName;
  readonly title: string;
  readonly description: string;
  readonly rules: Rules;
  readonly bundles: readonly {
    readonly slug: string;
    readonly name: string;
    readonly description: string;
    /** YAML text of the base and of each environment's overlay. */
    readonly source: { readonly base: string; readonly overlays: Readonly<Record<string, string>> };
  }[];
  readonly environments: readonly { readonly slug: string; readonly name: string }[];
};

export const DEFAULT_ENVIRONMENTS = [
  { slug: "development", name: "Development" },
  { slug: "staging", name: "Staging" },
  { slug: "production", name: "Production" },
] as const;

type Shared = Pick<ParameterRule, "kind" | "owner"> & Partial<Omit<ParameterRule, "pattern" | "title" | "schema">>;
type Entry = Pick<ParameterRule, "pattern" | "title" | "schema"> & Partial<ParameterRule>;

const ORDINARY = {
  tier: "runtime",
  environmentPolicy: "same",
  strictness: "none",
  risk: "low",
  locked: false,
  required: false,
} as const;

/** Catalogue entries that have most things in common; an entry's own words win over the shared ones. */
export function parameters(shared: Shared, entries: readonly Entry[]): readonly ParameterRule[] {
  return entries.map((entry) => ({ ...ORDINARY, ...shared, ...comparisonOf(entry.schema), ...entry }));
}

/** What may not repeat is a set: the order in which a runtime reports it says nothing. */
function comparisonOf({ type, uniqueItems }: JsonObject): Pick<ParameterRule, "comparison"> {
  return type === "array" && uniqueItems === true ? { comparison: { list: "set" } } : {};
}

/** The same entries, for one bundle of a compound system. */
export function inBundle(bundle: string, rules: readonly ParameterRule[]): readonly ParameterRule[] {
  return rules.map((rule) => ({ ...rule, bundle }));
}

/** Schema of a number, limits included. */
export function between(minimum: number, maximum: number): JsonObject {
  return { type: "number", minimum, maximum };
}

/** Schema of a whole number, limits included. */
export function whole(minimum: number, maximum: number): JsonObject {
  return { type: "integer", minimum, maximum };
}

/** Schema of a text, by length in characters. */
export function text(maxLength: number, minLength = 1): JsonObject {
  return { type: "string", minLength, maxLength };
}

/** Schema of one of these words. */
export function choice(...words: readonly string[]): JsonObject {
  return { enum: words };
}

/** Schema of a list without repetitions. */
export function listOf(items: JsonObject, limits: { readonly min?: number; readonly max: number }): JsonObject {
  return { type: "array", items, minItems: limits.min ?? 0, maxItems: limits.max, uniqueItems: true };
}

export const YES_OR_NO: JsonObject = { type: "boolean" };

/** A name in lower case, as used for queues, indexes and classifiers. */
export const SLUG: JsonObject = { type: "string", pattern: "^[a-z0-9]+([-_.][a-z0-9]+)*$", maxLength: 80 };

export const HTTPS_URL: JsonObject = { type: "string", pattern: "^https://[^\\s/]+(/[^\\s]*)?$", maxLength: 300 };

/** A model name as providers write them; whether it is pinned is judged by the model catalogue. */
export const MODEL_NAME: JsonObject = { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._:/@-]*$", maxLength: 120 };

/** A reference to a secret; the secret itself never enters a bundle. */
export const SECRET: JsonObject = {
  type: "object",
  properties: { $secret: { type: "string", pattern: "^vault://[A-Za-z0-9/_.#-]+$" } },
  required: ["$secret"],
  additionalProperties: false,
};

export const DATE: JsonObject = { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" };

/** A prompt: text now, or a reference to a version in the prompt registry. */
export const PROMPT: JsonObject = {
  anyOf: [
    { type: "string", minLength: 20, maxLength: 24000 },
    {
      type: "object",
      properties: { $prompt: { type: "string", pattern: "^[a-z0-9-]+(/[a-z0-9-]+)*@\\d+\\.\\d+\\.\\d+$" } },
      required: ["$prompt"],
      additionalProperties: false,
    },
  ],
};

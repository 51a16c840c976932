import type { ErrorObject } from "ajv";
import type { Json } from "#lib/kernel/json.ts";

const typeNames: Readonly<Record<string, string>> = {
  number: "a number",
  integer: "a whole number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "null",
};

const comparisons: Readonly<Record<string, string>> = {
  "<=": "at most",
  "<": "less than",
  ">=": "at least",
  ">": "more than",
};

/** What would be right, as the end of a sentence. Shows the value only when it is a number or a truth value. */
export function schemaSentence(error: ErrorObject, value: Json | undefined): string {
  const now = typeof value === "number" || typeof value === "boolean" ? ` (it is ${String(value)})` : "";
  return `${wish(error)}${now}`;
}

function wish({ keyword, params, message }: ErrorObject): string {
  const limit = count(params.limit);
  switch (keyword) {
    case "type":
      return `must be ${[params.type]
        .flat()
        .map((type) => typeNames[String(type)] ?? String(type))
        .join(" or ")}`;
    case "enum":
      return `must be one of ${[params.allowedValues].flat().map(spelt).join(", ")}`;
    case "const":
      return `must be ${spelt(params.allowedValue)}`;
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return `must be ${comparisons[String(params.comparison)] ?? String(params.comparison)} ${limit}`;
    case "multipleOf":
      return `must be a multiple of ${String(params.multipleOf)}`;
    case "minLength":
      return `must have at least ${limit} characters`;
    case "maxLength":
      return `must have at most ${limit} characters`;
    case "pattern":
      return `must match the pattern ${String(params.pattern)}`;
    case "format":
      return `must be written as ${String(params.format)}`;
    case "minItems":
      return `must have at least ${limit} entries`;
    case "maxItems":
      return `must have at most ${limit} entries`;
    case "uniqueItems":
      return `must not have an entry twice (${String(params.j)} and ${String(params.i)})`;
    case "minProperties":
      return `must have at least ${limit} members`;
    case "maxProperties":
      return `must have at most ${limit} members`;
    case "required":
      return `lacks “${String(params.missingProperty)}”; add it`;
    case "dependentRequired":
      return `lacks “${String(params.missingProperty)}”, which “${String(params.property)}” needs`;
    case "additionalProperties":
      return `may not have the member “${String(params.additionalProperty)}”; remove it`;
    case "unevaluatedProperties":
      return `may not have the member “${String(params.unevaluatedProperty)}”; remove it`;
    case "propertyNames":
      return `may not have a member called “${String(params.propertyName)}”`;
    case "contains":
      return "lacks an entry that it must have";
    case "anyOf":
      return "fits none of the forms that its schema allows";
    case "oneOf":
      return "must fit exactly one of the forms that its schema allows";
    case "not":
    case "false schema":
      return "has a form that its schema forbids";
    default:
      return message ?? "does not fit its schema";
  }
}

function count(limit: unknown): string {
  return typeof limit === "number" ? limit.toLocaleString("en", { maximumFractionDigits: 12 }) : String(limit);
}

function spelt(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

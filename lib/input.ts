import type { z } from "zod";
import { Refusal } from "#lib/kernel/refusal.ts";

/** The input as a schema wants it. @throws Refusal `invalid` */
export function readInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  assertShallow(raw);
  const parsed = schema.safeParse(raw, { error: inWords });
  if (!parsed.success) throw invalid(parsed.error);
  assertStorable(parsed.data);
  return parsed.data;
}

/** What would be right, where a schema does not say it itself. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return typeInWords(issue);
    case "invalid_value":
      return issue.values.length === 1
        ? `Only ${String(issue.values[0])} is right here`
        : `Choose one of ${issue.values.map(String).join(", ")}`;
    case "too_big":
      return `Use at most ${issue.maximum}${unitOf(issue.origin)}`;
    case "too_small":
      return `Use at least ${issue.minimum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return FORMATS[issue.format];
    default:
      return undefined;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: "Give an id as the API gave it, for example 01a20382-ff18-7702-9261-6715edfa604e",
  email: "Give an e-mail address, for example ada@example.org",
  datetime: "Give a date and time in ISO 8601, for example 2026-11-22T14:05:00Z",
};

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  date: "a date and time in ISO 8601, for example 2026-11-22T14:05:00Z",
};

/** Coercion makes NaN of what is absent, so that NaN says nothing about what was sent. */
function typeInWords({ expected, input }: { readonly expected: string; readonly input?: unknown }): string {
  const wanted = TYPES[expected] ?? expected;
  return input === undefined ? `This is needed: give ${wanted}` : `Give ${wanted}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" || origin === "set" ? " entries" : "";
}

/** Documents travel as text; what comes as fields is shallow. Levels count arrays and objects. */
const deepest = 64;

/** Readers of values call themselves for each level. @throws Refusal `invalid` for what is nested deeper than that bears */
function assertShallow(raw: unknown): void {
  let level: readonly unknown[] = [raw];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new Refusal("invalid", `The input is nested deeper than ${deepest} levels; flatten it`);
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  }
}

/** A failed parse as a Refusal `invalid`: each field by its dotted path, with what was wrong. */
function invalid(error: z.ZodError): Refusal {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".") || "input";
    fields[path] = [...(fields[path] ?? []), issue.message];
  }
  const first = Object.entries(fields)[0];
  const summary = first ? `${first[0]}: ${first[1][0]}` : "The input could not be read";
  return new Refusal("invalid", summary, { fields });
}

/** Beyond them dates are spelt in ways that neither the log nor the database reads. */
const firstDate = Date.parse("0001-01-01T00:00:00Z");
const lastDate = Date.parse("9999-12-31T00:00:00Z");

/**
 * What the database cannot keep as it is: text with a NUL or half of a surrogate pair (I-JSON, RFC 7493 §2.1), and dates
 * outside the years 1 to 9999.
 * @throws Refusal `invalid` naming the field
 */
export function assertStorable(value: unknown, path: readonly string[] = []): void {
  if (typeof value === "string") {
    if (value.isWellFormed() && !value.includes("\0")) return;
    const field = path.join(".") || "input";
    throw new Refusal("invalid", `${field}: this is not text that can be kept`, {
      fields: { [field]: ["It holds a NUL character or half of a surrogate pair; remove that character"] },
    });
  }
  if (value instanceof Date && !(value.getTime() >= firstDate && value.getTime() <= lastDate)) {
    const field = path.join(".") || "input";
    const message = "Give a date between the years 1 and 9999, for example 2027-01-31T12:00:00Z";
    throw new Refusal("invalid", `${field}: ${message}`, { fields: { [field]: [message] } });
  }
  // Only what JSON can hold: files and dates have no texts to look into.
  if (Array.isArray(value)) for (const [index, item] of value.entries()) assertStorable(item, [...path, String(index)]);
  else if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    for (const [key, item] of Object.entries(value)) {
      assertStorable(key, [...path, key]);
      assertStorable(item, [...path, key]);
    }
  }
}

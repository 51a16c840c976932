import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { schemaFault } from "./schema-limits.ts";

/** Runs on the server alone: the validator is generated as code. */
export type SchemaCheck = (value: Json) => readonly ErrorObject[];

export type CompiledSchema =
  | { readonly check: SchemaCheck; readonly error?: undefined }
  | { readonly check?: undefined; readonly error: string };

const remembered = new Map<string, CompiledSchema>();
const most = 2_000;

/** Compiles a JSON Schema (2020-12); patterns run in an engine without backtracking. Says what is wrong with a bad one. */
export function compileSchema(schema: JsonObject): CompiledSchema {
  const key = canonicalJson(schema);
  const existing = remembered.get(key);
  if (existing) return existing;
  const fault = schemaFault(schema);
  const compiled = fault ? { error: fault } : compileWhole(schema);
  if (remembered.size >= most) remembered.clear();
  remembered.set(key, compiled);
  return compiled;
}

/** Compiles a schema that was put together here, without the limits for what people send; it is not remembered. */
export function compileWhole(schema: JsonObject): CompiledSchema {
  try {
    const validate: ValidateFunction = compiler().compile(schema);
    return { check: (value) => (validate(value) ? [] : (validate.errors ?? [])) };
  } catch (error) {
    // The compiler has no other way to say that a schema, which is input here, is bad.
    if (error instanceof Error) return { error: error.message.slice(0, 300) };
    throw error;
  } finally {
    compiler().removeSchema(schema);
  }
}

let shared: Ajv2020 | undefined;

/** One compiler for all: making one compiles the meta-schemas, which costs more than most schemas do. */
function compiler(): Ajv2020 {
  if (shared) return shared;
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
    allowUnionTypes: true,
    logger: false,
    code: { regExp: withoutBacktracking },
  });
  addFormats.default(ajv);
  shared = ajv;
  return ajv;
}

const withoutBacktracking = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    // Ajv tells patterns of one schema apart by toString.
    return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern };
  },
  { code: "withoutBacktracking" },
);

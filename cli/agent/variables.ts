import { isJsonObject, type Json, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { leavesOf, parsePointer, removeAt, setAt } from "#lib/kernel/pointer.ts";
import { parseVariables } from "./env-file.ts";

/** A parameter and the environment variable that carries it. */
export type Variable = { readonly name: string; readonly pointer: string; readonly value: Json };

/** What variables make of a document, and where it is no longer from the document. */
export type Overridden = { readonly document: JsonObject; readonly origins: Readonly<Record<string, string>> };

/**
 * One variable for each parameter: the prefix, and the pointer in capitals with `_` for whatever else it holds:
 * `/sampling/top-p` with the prefix `APP_` is `APP_SAMPLING_TOP_P`. Lists go as JSON.
 */
export function variablesOf(document: JsonObject, prefix: string): readonly Variable[] {
  return leavesOf(document).map(({ pointer, value }) => ({ name: nameOf(pointer, prefix), pointer, value }));
}

function nameOf(pointer: string, prefix: string): string {
  return (
    prefix +
    parsePointer(pointer)
      .join("_")
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, "_")
  );
}

/**
 * Variables that say what a program, its loader, its interpreter or the shell that starts it runs: a configuration sets
 * values, and never what is run.
 */
const STEERING =
  /^(PATH|LD_.+|DYLD_.+|GCONV_PATH|NODE_OPTIONS|NODE_PATH|BASH_ENV|ENV|SHELL|SHELLOPTS|BASHOPTS|PS4|IFS|PROMPT_COMMAND|PYTHON(PATH|HOME|STARTUP|INSPECT|BREAKPOINT)|PERL5?(LIB|OPT|DB)|RUBY(LIB|OPT)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|CORECLR_.+|COR_.+|GIT_.+|EDITOR|VISUAL|PAGER|PLUMBLINE_TOKEN|HOME|TMPDIR|OPENSSL_(CONF|MODULES|ENGINES)|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|(HTTPS?|ALL|NO)_PROXY)$/;

/** Why variables can't carry this document; undefined: they can. */
export function obstacleTo(variables: readonly Variable[]): string | undefined {
  const seen = new Map<string, string>();
  for (const { name, pointer, value } of variables) {
    const other = seen.get(name);
    if (other !== undefined) return `${other} and ${pointer} would both be the variable ${name}`;
    if (!/^[A-Z_]/.test(name))
      return `${pointer} would be the variable ${name}; a prefix has to begin it with a letter`;
    if (STEERING.test(name))
      return `${pointer} would be the variable ${name}, which steers what is run; give the names a prefix`;
    if (textOf(value).includes("\0")) return `${pointer} holds a null character, which no variable can`;
    seen.set(name, pointer);
  }
  return undefined;
}

/** As a variable holds it: strings as they are, everything else as JSON. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a program that expects such a value makes of the text; a text that is none of that kind stays a text. */
function readValue(text: string, expected: Json): Json {
  if (typeof expected === "string") return text;
  const value = parseJson(text);
  if (value === undefined) return text;
  const isOfKind = Array.isArray(expected)
    ? Array.isArray(value)
    : typeof value === typeof expected && Array.isArray(value) === false && (value === null) === (expected === null);
  return isOfKind ? value : text;
}

/**
 * What a program runs whose environment overrides its configuration: every declared parameter whose variable is set to
 * something else. `where` completes the origin, for example " in app.env".
 */
export function overriddenBy(
  observed: JsonObject,
  declared: readonly Variable[],
  given: { readonly environment: Readonly<Record<string, string | undefined>>; readonly where: string },
): Overridden {
  let document: Json = observed;
  const origins: Record<string, string> = {};
  for (const { name, pointer, value } of declared) {
    const text = given.environment[name];
    if (text === undefined) continue;
    const found = readValue(text, value);
    if (jsonEqual(found, value)) continue;
    document = setAt(document, pointer, found);
    origins[pointer] = `environment variable ${name}${given.where}`;
  }
  return { document: isJsonObject(document) ? document : observed, origins };
}

/** What an environment file says of the declared parameters. */
export function readVariables(
  text: string,
  declared: JsonObject,
  { prefix, where }: { readonly prefix: string; readonly where: string },
): Overridden | { readonly unreadable: string } {
  const found = parseVariables(text);
  if ("unreadable" in found) return found;
  const variables = variablesOf(declared, prefix);
  const kept = variables.reduce<Json>(
    (document, { name, pointer }) => (Object.hasOwn(found.variables, name) ? document : removeAt(document, pointer)),
    declared,
  );
  const present = variables.filter(({ name }) => Object.hasOwn(found.variables, name));
  return overriddenBy(isJsonObject(kept) ? kept : {}, present, { environment: found.variables, where });
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

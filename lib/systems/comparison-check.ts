import type { Json, JsonObject } from "#lib/kernel/json.ts";
import type { Comparison, Operation, ParameterRule } from "./model.ts";

/** Something that a comparison or an operation says and can't mean; `path` is dotted. */
type Nonsense = { readonly path: string; readonly message: string };

/** What of a way to compare contradicts itself, or the schema of what it compares. */
export function checkComparison({ comparison, schema }: ParameterRule, at: string): readonly Nonsense[] {
  if (comparison === undefined) return [];
  const types = typesOf(schema);
  const isA = (...wanted: readonly string[]) => types.length === 0 || types.some((type) => wanted.includes(type));
  const problems: Nonsense[] = [...checkOwner(comparison, at)];
  const say = (field: string, message: string) => problems.push({ path: `${at}.${field}`, message });
  const { as } = comparison;
  const readsNumber = as === "number" || as === "duration" || as === "quantity";
  if (comparison.tolerance !== undefined && !readsNumber && !isA("number", "integer", "array", "object")) {
    say("tolerance", "Only numbers have a tolerance; leave it out, or say how the text is read as a number");
  }
  if (comparison.list !== undefined && !isA("array")) {
    say("list", "Only lists are compared as lists; leave it out, or set the schema's type to array");
  }
  if (comparison.text !== undefined && !isA("string", "array", "object")) {
    say("text", "Only text is compared as text; leave it out");
  }
  if (as !== undefined && !readsNumber && as !== "boolean" && !isA("string", "array")) {
    say("as", `Only text is read as ${as}; leave it out`);
  }
  if (as !== undefined && as !== "case_insensitive" && comparison.text === "trimmed") {
    say("text", `Read as ${as}, white space around it never counts; leave out text`);
  }
  if (isLeftOut(comparison)) problems.push(...checkLeftOut(comparison, at));
  return problems;
}

function isLeftOut({ isVolatile, owner }: Comparison): boolean {
  return isVolatile === true || owner === "runtime";
}

function checkOwner({ owner, bounds }: Comparison, at: string): readonly Nonsense[] {
  if (owner !== "shared") {
    const message = "Bounds are for a parameter whose owner is shared; set owner to shared, or leave them out";
    return bounds === undefined ? [] : [{ path: `${at}.bounds`, message }];
  }
  const { minimum, maximum } = bounds ?? {};
  if (minimum === undefined && maximum === undefined) {
    return [{ path: `${at}.bounds`, message: "A shared parameter needs bounds: a minimum, a maximum or both" }];
  }
  if (minimum === undefined || maximum === undefined || minimum <= maximum) return [];
  return [{ path: `${at}.bounds`, message: "The minimum is above the maximum; swap them" }];
}

/** What is not compared at all can't say how. */
function checkLeftOut(comparison: Comparison, at: string): readonly Nonsense[] {
  const because = comparison.isVolatile === true ? "is volatile" : "belongs to the runtime";
  return (["tolerance", "as", "absentAs", "list", "text"] as const)
    .filter((field) => comparison[field] !== undefined)
    .map((field) => ({ path: `${at}.${field}`, message: `What ${because} is never compared; leave out ${field}` }));
}

/** The types that a schema allows; none when it does not say. */
function typesOf({ type, enum: choices }: JsonObject): readonly string[] {
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter((one: Json) => typeof one === "string");
  if (!Array.isArray(choices)) return [];
  return choices.map((choice: Json) => (choice === null ? "null" : Array.isArray(choice) ? "array" : typeof choice));
}

/** Operations that no environment would ever follow, because earlier ones name all that they name. */
export function checkOperations(
  operations: readonly Operation[],
  { at, environments }: { readonly at: string; readonly environments: readonly string[] },
): readonly Nonsense[] {
  const taken = new Set<string>();
  return operations.flatMap((operation, index) => {
    const own = operation.environments.length === 0 ? environments : operation.environments;
    const isUseless = own.length > 0 && own.every((environment) => taken.has(environment));
    for (const environment of own) taken.add(environment);
    const message =
      "The first entry that names an environment applies, and earlier ones name all of these; move this one up, or leave it out";
    return isUseless ? [{ path: `${at}.${index}.environments`, message }] : [];
  });
}

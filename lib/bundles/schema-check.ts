import type { ErrorObject } from "ajv";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { childPointer, getAt, leavesOf, parsePointer } from "#lib/kernel/pointer.ts";
import { catalogueOf, isDeepPattern } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import { compileSchema } from "#lib/systems/schema-compile.ts";
import type { Finding } from "./finding.ts";
import { isReference } from "./reference.ts";
import { schemaSentence } from "./schema-sentence.ts";

/** More would not be read. */
const mostPerParameter = 10;

/**
 * What an effective configuration breaks of the catalogue: values that don't fit their schema, required parameters
 * that are missing, and as warnings those that nothing describes. References (`$secret`, `$prompt`) stand for a value
 * that is not here, so they fit every schema. Server only.
 */
export function checkSchema(question: {
  readonly value: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
}): readonly Finding[] {
  const { value } = question;
  const catalogue = catalogueOf(question.rules, question.bundle);
  const findings: Finding[] = [];
  const checked = new Set<string>();
  for (const leaf of leavesOf(value)) {
    const { pointer, rule: described } = catalogue.parameterAt(leaf.pointer);
    if (!isJsonObject(leaf.value) && catalogue.isContainer(leaf.pointer) && !catalogue.ruleFor(leaf.pointer)) {
      findings.push(mustBeMapping(leaf.pointer));
      checked.add(pointer);
    }
    if (described === undefined && catalogue.rules.length > 0 && !checked.has(pointer)) {
      checked.add(pointer);
      findings.push(undeclared(pointer));
    }
    for (let at = leaf.pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      if (checked.has(at)) continue;
      const rule = catalogue.ruleFor(at);
      // A deep pattern describes leaves: a container that it matches is no value of its own.
      if (rule === undefined || (at !== leaf.pointer && isDeepPattern(rule.pattern))) continue;
      checked.add(at);
      findings.push(...checkValue(rule, at, value));
    }
  }
  const required = catalogue.rules.filter((rule) => rule.required && !isDeepPattern(rule.pattern));
  for (const rule of required) {
    for (const pointer of missingPlaces(value, parsePointer(rule.pattern), "")) findings.push(missing(rule, pointer));
  }
  return findings;
}

function checkValue(rule: ParameterRule, pointer: string, document: JsonObject): readonly Finding[] {
  const value = getAt(document, pointer);
  if (value === undefined || isReference(value)) return [];
  const { check, error } = compileSchema(rule.schema);
  if (check === undefined) {
    const message = `${rule.title} can't be checked, because its schema in the catalogue is not valid: ${error}`;
    return [{ rule: "schema.catalogue", severity: "error", message, pointer }];
  }
  return withoutEchoes(check(value))
    .slice(0, mostPerParameter)
    .map((fault) => ({
      rule: "schema",
      severity: "error",
      message: `${rule.title}${fault.instancePath} ${schemaSentence(fault, getAt(value, fault.instancePath))}`,
      pointer: `${pointer}${fault.instancePath}`,
    }));
}

/** A combination (anyOf, if, …) repeats what its parts have said; its parts alone would read as if all had to hold. */
function withoutEchoes(faults: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = faults.filter((fault) => fault.keyword === "anyOf" || fault.keyword === "oneOf");
  return faults.filter(
    (fault) =>
      fault.keyword !== "if" &&
      !choices.some((choice) => choice !== fault && fault.schemaPath.startsWith(`${choice.schemaPath}/`)),
  );
}

function undeclared(pointer: string): Finding {
  const message = "The catalogue does not describe this parameter; describe it there, or remove it";
  return { rule: "schema.undeclared", severity: "warning", message, pointer };
}

function mustBeMapping(pointer: string): Finding {
  const message = `${pointer} must be a mapping: the catalogue describes parameters inside it`;
  return { rule: "schema", severity: "error", message, pointer };
}

function missing(rule: ParameterRule, pointer: string): Finding {
  const message = `${rule.title} (${pointer}) is required and missing; give it a value`;
  return { rule: "schema.required", severity: "error", message, pointer };
}

/** Where a pattern's parameter is not set: below a wildcard, in each member that there is. */
function missingPlaces(
  value: Json | undefined,
  [segment, ...rest]: readonly string[],
  pointer: string,
): readonly string[] {
  if (segment === undefined) return value === undefined ? [pointer] : [];
  if (segment === "*") {
    if (rest.length === 0 || !isJsonObject(value)) return [];
    return Object.entries(value).flatMap(([key, member]) => missingPlaces(member, rest, childPointer(pointer, key)));
  }
  const member = isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  return missingPlaces(member, rest, childPointer(pointer, segment));
}

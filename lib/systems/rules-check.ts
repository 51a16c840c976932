import type { Json } from "#lib/kernel/json.ts";
import { compilePattern } from "#lib/kernel/pattern.ts";
import { type FieldErrors, Refusal } from "#lib/kernel/refusal.ts";
import { isWildcard } from "./catalogue.ts";
import { checkComparison, checkOperations } from "./comparison-check.ts";
import { compileConstraint } from "./constraints.ts";
import type { Constraint, Dependency, ParameterRule, Policy, Rules } from "./model.ts";
import { compileSchema } from "./schema-compile.ts";
import { membersOf, SCHEMA_LIMITS } from "./schema-limits.ts";

/** What the rules may name. A list that is left out is not checked. */
export type RulesSurroundings = {
  /** Environment slugs of the system. */
  readonly environments: readonly string[];
  readonly groups: readonly string[];
  readonly bundles?: readonly string[];
  readonly checks?: readonly string[];
};

/** Something wrong with rules; `path` is dotted, for example `parameters.3.schema`. */
export type RulesProblem = { readonly path: string; readonly severity: "error" | "warning"; readonly message: string };

/** What a shape can't say: patterns, schemas and expressions that compile, names that exist, nothing twice. Server only. */
export function checkRules(rules: Rules, around: RulesSurroundings): readonly RulesProblem[] {
  const members = rules.parameters.reduce((count, { schema }) => count + membersOf(schema), 0);
  if (members > SCHEMA_LIMITS.ofCatalogue) {
    const most = SCHEMA_LIMITS.ofCatalogue.toLocaleString("en");
    return [error("parameters", `The schemas of the catalogue have more than ${most} members together; use patterns`)];
  }
  return [
    ...rules.parameters.flatMap((rule, index) => checkParameter(rule, `parameters.${index}`, around)),
    ...repeated(rules.parameters, (rule) => `${rule.bundle ?? ""} ${rule.pattern}`, {
      list: "parameters",
      field: "pattern",
    }),
    ...rules.constraints.flatMap((constraint, index) => checkConstraint(constraint, `constraints.${index}`, around)),
    ...repeated(rules.constraints, (constraint) => constraint.id, { list: "constraints", field: "id" }),
    ...rules.dependencies.flatMap((dependency, index) => checkDependency(dependency, `dependencies.${index}`)),
    ...repeated(rules.dependencies, ({ from, to }) => `${from} ${to}`, { list: "dependencies", field: "to" }),
    ...rules.policies.flatMap((policy, index) => checkPolicy(policy, `policies.${index}`, around)),
    ...repeated(rules.policies, (policy) => policy.id, { list: "policies", field: "id" }),
    ...checkOperationsOf(rules, around),
  ];
}

/** Throws `Refusal` "invalid" with every error by path; warnings pass. */
export function assertRulesHold(rules: Rules, around: RulesSurroundings): void {
  const errors = checkRules(rules, around).filter((problem) => problem.severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const fields: Record<string, string[]> = {};
  for (const { path, message } of errors) fields[`rules.${path}`] = [...(fields[`rules.${path}`] ?? []), message];
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  throw new Refusal("invalid", `The rules can't be used: ${first.path}: ${first.message}${more}`, {
    fields: fields satisfies FieldErrors,
  });
}

const error = (path: string, message: string): RulesProblem => ({ path, severity: "error", message });
const warning = (path: string, message: string): RulesProblem => ({ path, severity: "warning", message });

function checkParameter(rule: ParameterRule, path: string, around: RulesSurroundings): readonly RulesProblem[] {
  const problems = [...checkPattern(rule.pattern, `${path}.pattern`)];
  if (rule.bundle !== undefined)
    problems.push(...unknownNames([rule.bundle], around.bundles, { path: `${path}.bundle`, what: "bundle" }));
  if (!around.groups.includes(rule.owner)) {
    problems.push(
      warning(`${path}.owner`, `There is no group “${rule.owner}”; name the group that answers for this parameter`),
    );
  }
  const { check, error: fault } = compileSchema(rule.schema);
  if (fault !== undefined) problems.push(error(`${path}.schema`, `This JSON Schema can't be used: ${fault}`));
  else if (rule.default !== undefined && check(rule.default).length > 0) {
    problems.push(error(`${path}.default`, "The default does not fit the schema; change one of them"));
  }
  if (rule.strictness === "none" && rule.maxRelaxation !== undefined) {
    problems.push(
      error(`${path}.maxRelaxation`, "A greatest relaxation needs a strictness: say which direction is stricter"),
    );
  }
  if (rule.strictness !== "none" && !isOrdered(rule.schema.type)) {
    problems.push(
      error(
        `${path}.strictness`,
        "Only numbers and truth values have a stricter direction; set the schema's type, or strictness to none",
      ),
    );
  }
  problems.push(...checkComparison(rule, `${path}.comparison`).map((one) => error(one.path, one.message)));
  if (rule.required && isWildcard(rule.pattern) && rule.pattern.endsWith("*")) {
    problems.push(
      warning(
        `${path}.required`,
        "A pattern that ends in a wildcard names nothing that could be missing; required has no effect",
      ),
    );
  }
  return problems;
}

function isOrdered(type: Json | undefined): boolean {
  const types: readonly (Json | undefined)[] = Array.isArray(type) ? type : [type];
  return types.some((one) => one === "number" || one === "integer" || one === "boolean");
}

function checkConstraint(constraint: Constraint, path: string, around: RulesSurroundings): readonly RulesProblem[] {
  const { fault } = compileConstraint(constraint.expression);
  const problems = unknownNames(constraint.bundles, around.bundles, { path: `${path}.bundles`, what: "bundle" });
  if (fault === undefined) return problems;
  return [error(`${path}.expression`, `Line ${fault.line}, column ${fault.column}: ${fault.message}`), ...problems];
}

function checkDependency(dependency: Dependency, path: string): readonly RulesProblem[] {
  const problems = [...checkPattern(dependency.from, `${path}.from`), ...checkPattern(dependency.to, `${path}.to`)];
  if (dependency.from === dependency.to)
    problems.push(error(`${path}.to`, "A parameter needs no dependency on itself; name another"));
  return problems;
}

function checkPolicy(policy: Policy, path: string, around: RulesSurroundings): readonly RulesProblem[] {
  return [
    ...unknownNames(policy.environments, around.environments, { path: `${path}.environments`, what: "environment" }),
    ...unknownNames(
      policy.groups.map(({ group }) => group),
      around.groups,
      { path: `${path}.groups`, what: "group" },
    ),
    ...unknownNames(policy.requiredChecks, around.checks, { path: `${path}.requiredChecks`, what: "check" }),
  ];
}

function checkOperationsOf({ operations = [] }: Rules, { environments }: RulesSurroundings): readonly RulesProblem[] {
  const unknown = operations.flatMap((operation, index) =>
    unknownNames(operation.environments, environments, {
      path: `operations.${index}.environments`,
      what: "environment",
    }),
  );
  return [
    ...unknown,
    ...repeated(operations, (operation) => operation.id, { list: "operations", field: "id" }),
    ...checkOperations(operations, { at: "operations", environments }).map(({ path, message }) => error(path, message)),
  ];
}

function checkPattern(pattern: string, path: string): readonly RulesProblem[] {
  try {
    compilePattern(pattern);
    return pattern === "" ? [error(path, "Name a parameter, for example /sampling/temperature")] : [];
  } catch (refusal) {
    if (refusal instanceof Refusal) return [error(path, refusal.message)];
    throw refusal;
  }
}

function unknownNames(
  names: readonly string[],
  known: readonly string[] | undefined,
  about: { readonly path: string; readonly what: string },
): readonly RulesProblem[] {
  if (known === undefined) return [];
  const choices = known.length === 0 ? "there is none yet" : `choose from ${known.slice(0, 20).join(", ")}`;
  return names
    .filter((name) => !known.includes(name))
    .map((name) => error(about.path, `There is no ${about.what} “${name}”; ${choices}`));
}

function repeated<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { list, field }: { readonly list: string; readonly field: string },
): readonly RulesProblem[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const earlier = first.get(keyOf(item));
    if (earlier === undefined) first.set(keyOf(item), index);
    return earlier === undefined
      ? []
      : [error(`${list}.${index}.${field}`, `The same as entry ${earlier + 1}; keep one of them`)];
  });
}

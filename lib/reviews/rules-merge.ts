import type { Json } from "#lib/kernel/json.ts";
import type { Constraint, Dependency, Operation, ParameterRule, Policy, Rules } from "#lib/systems/model.ts";

/** Rules with every entry under its name, so that two edits of different entries do not meet. */
export type KeyedRules = {
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  readonly constraints: Readonly<Record<string, Constraint>>;
  readonly dependencies: Readonly<Record<string, Dependency>>;
  readonly policies: Readonly<Record<string, Policy>>;
  readonly operations: Readonly<Record<string, Operation>>;
};

export function keyedRules(rules: Rules): KeyedRules {
  return {
    parameters: keyed(rules.parameters, (rule) => (rule.bundle ? `${rule.bundle}#${rule.pattern}` : rule.pattern)),
    constraints: keyed(rules.constraints, (constraint) => constraint.id),
    dependencies: keyed(rules.dependencies, (dependency) => `${dependency.from} → ${dependency.to}`),
    policies: keyed(rules.policies, (policy) => policy.id),
    operations: keyed(rules.operations ?? [], (operation) => operation.id),
  };
}

function keyed<T>(entries: readonly T[], keyOf: (entry: T) => string): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.map((entry) => [keyOf(entry), entry]));
}

/** Back to lists: entries that `theirs` has keep its order, ours that are new follow in our order. */
export function listedRules(
  merged: KeyedRules,
  order: { readonly theirs: KeyedRules; readonly ours: KeyedRules },
): Rules {
  const listed = <T>(part: (rules: KeyedRules) => Readonly<Record<string, T>>): readonly T[] => {
    const entries = part(merged);
    const keys = new Set([...Object.keys(part(order.theirs)), ...Object.keys(part(order.ours))]);
    return [...keys].flatMap((key) => entries[key] ?? []);
  };
  const operations = listed((rules) => rules.operations);
  return {
    parameters: listed((rules) => rules.parameters),
    constraints: listed((rules) => rules.constraints),
    dependencies: listed((rules) => rules.dependencies),
    policies: listed((rules) => rules.policies),
    ...(operations.length > 0 && { operations }),
  };
}

/** Rules are JSON by definition; their optional members are left out, as JSON does. */
export function rulesAsJson(rules: Rules | KeyedRules): Json {
  return rules as unknown as Json;
}

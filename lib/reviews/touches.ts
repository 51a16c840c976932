import type { ParameterChange } from "#lib/bundles/model.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import {
  PARAMETER_KINDS,
  type ParameterKind,
  type ParameterRule,
  type Policy,
  type Rules,
} from "#lib/systems/model.ts";
import type { Touch } from "./model.ts";
import { keyedRules } from "./rules-merge.ts";

/** What parameter changes touch in each of these environments. */
export function touchesOf(changes: readonly ParameterChange[], environments: readonly string[]): readonly Touch[] {
  return environments.map((environment) => {
    const here = changes.filter((change) => change.environments.includes(environment));
    return {
      environment,
      kinds: [...new Set(here.flatMap((change) => change.kind ?? []))].sort(),
      isLocked: here.some((change) => change.locked),
    };
  });
}

/**
 * What new rules touch, in every environment: the kinds whose catalogue entries or policies change. A policy that
 * speaks of every kind touches all of them, so that nobody lowers the bar for guardrails without whom guardrails need.
 */
export function touchesOfRules(before: Rules, after: Rules, environments: readonly string[]): readonly Touch[] {
  const entries = differing<ParameterRule>(keyedRules(before).parameters, keyedRules(after).parameters);
  const policies = differing<Policy>(keyedRules(before).policies, keyedRules(after).policies);
  const ofPolicies = policies.flatMap((policy): readonly ParameterKind[] =>
    policy.kinds.length === 0 ? PARAMETER_KINDS : policy.kinds,
  );
  const kinds = [...new Set([...entries.map((entry) => entry.kind), ...ofPolicies])].sort();
  const isLocked = entries.some((entry) => entry.locked);
  return environments.map((environment) => ({ environment, kinds, isLocked }));
}

/** Both sides of every member that differs. */
function differing<T extends object>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly T[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const sides = [before[key], after[key]] as const;
    return sides[0] && sides[1] && isSame(sides[0], sides[1]) ? [] : sides.filter((side) => side !== undefined);
  });
}

function isSame(a: object, b: object): boolean {
  return jsonEqual(a as Json, b as Json);
}

import type { Constraint, ParameterRule, Rules } from "../model.ts";

/** A valid rule; takes what matters. */
export function aRule(of: Partial<ParameterRule> & { readonly pattern: string }): ParameterRule {
  return {
    title: of.pattern.slice(1),
    kind: "sampling",
    tier: "runtime",
    environmentPolicy: "may_differ",
    strictness: "none",
    risk: "low",
    owner: "platform",
    locked: false,
    required: false,
    schema: {},
    ...of,
  };
}

export function aConstraint(of: Partial<Constraint> & { readonly expression: string }): Constraint {
  return { id: "a-constraint", message: "It must hold", severity: "error", bundles: [], ...of };
}

export function someRules(of: Partial<Rules> = {}): Rules {
  return { parameters: [], constraints: [], dependencies: [], policies: [], ...of };
}

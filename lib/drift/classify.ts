import { relaxationOf } from "#lib/bundles/strictness.ts";
import type { Json } from "#lib/kernel/json.ts";
import type { ParameterRule, Risk } from "#lib/systems/model.ts";
import type { FindingKind, Severity } from "./model.ts";

/** A parameter on both sides, normalised; a side that has none is absent. */
export type Sides = {
  readonly rule: ParameterRule | undefined;
  readonly declared: Json | undefined;
  readonly observed: Json | undefined;
  readonly origin: string | undefined;
};

/** What a difference means: what it does to a guardrail before who did it, and that before what kind of value it is. */
export function kindOf({ rule, declared, observed, origin }: Sides): FindingKind {
  if (isDisabling(rule, declared, observed)) return "guardrail_disabled";
  if ((relaxationBetween({ rule, declared, observed }) ?? 0) > 0) return "threshold_relaxed";
  if (observed === undefined) return "missing_parameter";
  if (declared === undefined) return "shadow_parameter";
  if (isOverride(origin)) return "environment_override";
  if (typeOf(declared) !== typeOf(observed)) return "type_changed";
  if (rule?.kind === "prompt") return "prompt_changed";
  return rule?.kind === "model" ? "model_changed" : "value_changed";
}

/** How far the observed value lets more through than the declared one; undefined where that can't be said. */
export function relaxationBetween({ rule, declared, observed }: Omit<Sides, "origin">): number | undefined {
  return rule && relaxationOf(declared, observed, rule.strictness);
}

/** A guardrail is off when its switch is off, and gone when what decides it (a switch, a threshold, all of it) is. */
function isDisabling(rule: ParameterRule | undefined, declared: Json | undefined, observed: Json | undefined): boolean {
  if (rule?.kind !== "guardrail" || declared === undefined) return false;
  if (typeof declared === "boolean" && rule.strictness !== "lower_is_stricter") {
    return declared && (observed === undefined || observed === null || observed === false);
  }
  if (observed !== undefined && observed !== null) return false;
  return rule.strictness !== "none" || typeOf(declared) === "object";
}

/** A flag service and an environment variable change what runs without anyone editing a file. */
function isOverride(origin: string | undefined): boolean {
  return origin !== undefined && /^(?:env|flag)/iu.test(origin);
}

export function typeOf(value: Json): "null" | "boolean" | "number" | "string" | "list" | "object" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

const ranks: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The risk of the parameter, and at least what the kind calls for. What nothing describes may be anything: medium. */
export function severityOf(kind: FindingKind, risk: Risk | undefined): Severity {
  const own: Severity = risk ?? "medium";
  const least = leastOf(kind);
  if (kind === "hot_patched") return "low";
  return ranks.indexOf(least) > ranks.indexOf(own) ? least : own;
}

function leastOf(kind: FindingKind): Severity {
  switch (kind) {
    case "guardrail_disabled":
      return "critical";
    case "threshold_relaxed":
    case "expired_hot_patch":
    case "model_changed":
    case "provider_model_changed":
    case "behaviour_changed":
    case "unreadable_runtime":
      return "high";
    case "prompt_changed":
    case "environment_override":
    case "missing_parameter":
    case "type_changed":
    case "cross_environment":
    case "silent_runtime":
      return "medium";
    case "hot_patched":
    case "value_changed":
    case "shadow_parameter":
    case "stale_flag":
      return "low";
  }
}

/** Worst first. */
export function bySeverity(a: Severity, b: Severity): number {
  return ranks.indexOf(b) - ranks.indexOf(a);
}

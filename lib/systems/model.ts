import type { Json, JsonObject } from "#lib/kernel/json.ts";

export const PARAMETER_KINDS = [
  "model",
  "sampling",
  "prompt",
  "few_shot",
  "guardrail",
  "routing",
  "fallback",
  "retry",
  "limit",
  "embedding",
  "chunking",
  "retrieval",
  "rerank",
  "flag",
  "experiment",
  "serving",
  "preprocessing",
  "hyperparameter",
] as const;
export type ParameterKind = (typeof PARAMETER_KINDS)[number];

/** runtime: can change without a redeployment · build: only verified once runtimes report a new build */
export type Tier = "runtime" | "build";
/** may_differ: an overlay may touch it · same: equal in every environment */
export type EnvironmentPolicy = "may_differ" | "same";
export type Strictness = "higher_is_stricter" | "lower_is_stricter" | "none";
export const RISKS = ["low", "medium", "high", "critical"] as const;
export type Risk = (typeof RISKS)[number];

/** One entry of the parameter catalogue: describes every parameter that its pattern matches. */
export type ParameterRule = {
  /** JSON Pointer whose segment `*` matches any one segment and whose last segment `**` matches one or more. */
  readonly pattern: string;
  /** Slug of the only bundle that it describes; absent: every bundle of the system. */
  readonly bundle?: string;
  readonly title: string;
  readonly description?: string;
  readonly kind: ParameterKind;
  readonly tier: Tier;
  readonly environmentPolicy: EnvironmentPolicy;
  readonly strictness: Strictness;
  /** Greatest cumulative relaxation since the accepted baseline, in the parameter's own units. */
  readonly maxRelaxation?: number;
  readonly unit?: string;
  readonly risk: Risk;
  /** Slug of the group that answers for it. */
  readonly owner: string;
  /** Can't be hot-patched and needs one approval more. */
  readonly locked: boolean;
  readonly required: boolean;
  /** JSON Schema (2020-12) of the value. */
  readonly schema: JsonObject;
  readonly default?: Json;
};

/** A CEL expression over `config` (effective configuration) and `bundles.<slug>`, which must be true. */
export type Constraint = {
  readonly id: string;
  readonly expression: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  /** Slugs; empty: every bundle. */
  readonly bundles: readonly string[];
};

/** When a parameter matching `from` changes, those matching `to` need re-evaluation. */
export type Dependency = {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
};

export type ChangeKind = "version" | "promotion" | "rollback" | "rules";

/** What a change needs when it touches these environments and parameter kinds. Every matching policy applies. */
export type Policy = {
  readonly id: string;
  readonly title: string;
  /** Empty: every kind of request. */
  readonly requests: readonly ChangeKind[];
  /** Environment slugs; empty: every one. */
  readonly environments: readonly string[];
  /** Empty: every kind. */
  readonly kinds: readonly ParameterKind[];
  readonly approvals: number;
  /** Groups of which at least so many members must be among the approvers. */
  readonly groups: readonly { readonly group: string; readonly approvals: number }[];
  /** Checks that block; the others advise. Schema, secrets and pipeline order always block. */
  readonly requiredChecks: readonly string[];
  readonly soakMinutes: number;
  readonly approvalLastsHours: number;
  readonly threadsMustBeResolved: boolean;
};

/** The rules of a system, governed as one versioned document. */
export type Rules = {
  readonly parameters: readonly ParameterRule[];
  readonly constraints: readonly Constraint[];
  readonly dependencies: readonly Dependency[];
  readonly policies: readonly Policy[];
};

export const RISK_TIERS = ["minimal", "limited", "high", "critical"] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

export const TEMPLATES = ["llm-application", "rag-pipeline", "ml-model-serving", "empty"] as const;
export type TemplateName = (typeof TEMPLATES)[number];

export type EnvironmentRef = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly position: number;
};

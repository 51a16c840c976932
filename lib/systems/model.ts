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

/**
 * How a reported value is compared with the declared one (docs/drift.md). Absent: numbers by value, text exactly but for
 * line ends and one final newline, lists in order, nothing stands for anything else.
 */
export type Comparison = {
  /** Greatest distance between numbers that still counts as equal. */
  readonly tolerance?: number;
  /** Text is read as this before it is compared: `"0.3"` from an environment variable, `30s`, `512Mi`, `v1.2.0`. */
  readonly as?: "number" | "boolean" | "duration" | "quantity" | "semver" | "url" | "case_insensitive";
  /** What counts as absent. */
  readonly absentAs?: readonly ("null" | "empty")[];
  /** ordered: as it stands · set: in any order · or a mapping by the values of these keys */
  readonly list?: "ordered" | "set" | { readonly key: readonly string[] };
  /** declared: Plumbline's word counts · runtime: never drift · shared: drift outside the bounds only */
  readonly owner?: "declared" | "runtime" | "shared";
  /** Of a shared number, both included. */
  readonly bounds?: { readonly minimum?: number; readonly maximum?: number };
  /** exact: every character counts but for line ends · trimmed: white space around it does not · nfc: Unicode forms are one */
  readonly text?: "exact" | "trimmed" | "nfc";
  /** Timestamps, request ids and the like: left out on both sides. */
  readonly isVolatile?: boolean;
};

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
  readonly comparison?: Comparison;
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

/** How environments are operated: reports, drift, remediation and hot-patches. The first entry that names one applies. */
export type Operation = {
  readonly id: string;
  readonly title: string;
  /** Environment slugs; empty: every one. */
  readonly environments: readonly string[];
  /** How often a runtime reports; a verdict older than twice that is stale. */
  readonly reportIntervalSeconds: number;
  /** Parameters that nobody declared: ignore · warn: a finding of low severity · strict: a finding like any other */
  readonly undeclared: "ignore" | "warn" | "strict";
  /** A finding raises an alert once so many evaluations have confirmed it. */
  readonly alertAfterConfirmations: number;
  readonly remediation: {
    /** off: people only · declared: restore what is declared · last_known_good: open a rollback to it */
    readonly mode: "off" | "declared" | "last_known_good";
    /** Evaluations that must have confirmed the difference. */
    readonly confirmations: number;
    /** Greatest share of the document's leaves, in percent, that it may touch. */
    readonly maxSharePercent: number;
  };
  readonly hotPatch: {
    readonly defaultMinutes: number;
    readonly maxMinutes: number;
    /** False: at its end the patch stays and becomes a finding. */
    readonly revertsAtExpiry: boolean;
    readonly reviewHours: number;
  };
};

/** The rules of a system, governed as one versioned document. */
export type Rules = {
  readonly parameters: readonly ParameterRule[];
  readonly constraints: readonly Constraint[];
  readonly dependencies: readonly Dependency[];
  readonly policies: readonly Policy[];
  /** Absent, or none that names an environment: the defaults of lib/systems/operations.ts. */
  readonly operations?: readonly Operation[];
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

import type { Json } from "#lib/kernel/json.ts";

/**
 * hot_patched: authorised, until it ends · expired_hot_patch: the patch is over and still runs · value_changed ·
 * threshold_relaxed: a guardrail lets more through · guardrail_disabled: it is off or gone · prompt_changed ·
 * model_changed: another model is configured · provider_model_changed: the provider serves another one than asked for ·
 * environment_override: an environment variable or a flag service set it · shadow_parameter: not declared ·
 * missing_parameter: declared and not there · type_changed · cross_environment: must be the same everywhere and is not ·
 * stale_flag: past its expiry · behaviour_changed: a baseline failed · silent_runtime: it stopped reporting ·
 * unreadable_runtime: what it reports can't be read
 */
export const FINDING_KINDS = [
  "hot_patched",
  "expired_hot_patch",
  "value_changed",
  "threshold_relaxed",
  "guardrail_disabled",
  "prompt_changed",
  "model_changed",
  "provider_model_changed",
  "environment_override",
  "shadow_parameter",
  "missing_parameter",
  "type_changed",
  "cross_environment",
  "stale_flag",
  "behaviour_changed",
  "silent_runtime",
  "unreadable_runtime",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * open: nobody took it yet · acknowledged: somebody has · suppressed: out of sight until a date ·
 * accepted: a change request would make it the declared value · resolved: the difference is gone
 */
export const FINDING_STATES = ["open", "acknowledged", "suppressed", "accepted", "resolved"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** One difference, found in one evaluation, with how many instances show it. */
export type Difference = {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** JSON Pointer; empty for what concerns the whole. */
  readonly pointer: string;
  /** As people wrote it, before normalisation; absent: there is none. */
  readonly declared?: Json;
  readonly observed?: Json;
  readonly origin?: string;
  readonly declaredDigest: string | null;
  readonly observedDigest: string | null;
  readonly instances: number;
  /** One sentence, for example: Toxicity threshold is 0.9 instead of 0.7: relaxed by 0.2. */
  readonly summary: string;
  /** Of the patch that explains it, for `hot_patched` and `expired_hot_patch`. */
  readonly hotPatchId?: string;
  /** Of the ignore rule that hides it; absent: nothing hides it. */
  readonly ignoredBy?: string;
};

/** Kinds that do not make a place `drifted`: each says something beside the comparison of documents. */
export const BESIDE_SYNC: readonly FindingKind[] = [
  "hot_patched",
  "silent_runtime",
  "unreadable_runtime",
  "stale_flag",
];

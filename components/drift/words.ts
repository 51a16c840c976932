import type { FindingKind, FindingState, Severity } from "#lib/drift/model.ts";
import type { HealthState, SyncState } from "#lib/runtimes/model.ts";

/** Kinds of finding as people read them. */
export const FINDING_KIND_WORD: Readonly<Record<FindingKind, string>> = {
  hot_patched: "Hot-patched",
  expired_hot_patch: "Expired hot-patch",
  value_changed: "Value changed",
  threshold_relaxed: "Threshold relaxed",
  guardrail_disabled: "Guardrail disabled",
  prompt_changed: "Prompt changed",
  model_changed: "Model changed",
  provider_model_changed: "Provider changed the model",
  environment_override: "Overridden where it runs",
  shadow_parameter: "Not declared",
  missing_parameter: "Missing",
  type_changed: "Type changed",
  cross_environment: "Differs between environments",
  stale_flag: "Stale flag",
  behaviour_changed: "Behaviour changed",
  silent_runtime: "Silent runtime",
  unreadable_runtime: "Unreadable runtime",
};

/** One sentence each, for whoever meets the kind for the first time. */
export const FINDING_KIND_HINT: Readonly<Record<FindingKind, string>> = {
  hot_patched: "It differs because of an authorised hot-patch, until that ends",
  expired_hot_patch: "A hot-patch is over, and what it set still runs",
  value_changed: "Another value runs than is declared",
  threshold_relaxed: "A guardrail lets more through than is declared",
  guardrail_disabled: "A guardrail is off or gone",
  prompt_changed: "Another prompt runs than the one that was reviewed",
  model_changed: "Another model is configured than is declared",
  provider_model_changed: "The provider served another model than was asked for",
  environment_override: "An environment variable or a flag service set it, past what is declared",
  shadow_parameter: "It runs, and nobody declared it",
  missing_parameter: "It is declared, and does not run",
  type_changed: "It runs as another type than is declared",
  cross_environment: "It has to be the same in every environment, and is not",
  stale_flag: "A flag is past the day by which it was to be removed",
  behaviour_changed: "A behavioural baseline failed on what is deployed",
  silent_runtime: "A runtime stopped reporting",
  unreadable_runtime: "What a runtime reports cannot be read",
};

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

export const FINDING_STATE_WORD: Readonly<Record<FindingState, string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  suppressed: "Suppressed",
  accepted: "Accepted",
  resolved: "Resolved",
};

/** What an open finding is called that an authorised hot-patch explains: nobody has to decide about it. */
export function findingStateWord({
  state,
  kind,
}: {
  readonly state: FindingState;
  readonly kind: FindingKind;
}): string {
  return state === "open" && kind === "hot_patched" ? "Authorised" : FINDING_STATE_WORD[state];
}

/** One wording for what runs against what is declared, everywhere. */
export const SYNC_WORD: Readonly<Record<SyncState, string>> = {
  in_sync: "In sync",
  hot_patched: "Hot-patched",
  drifted: "Drifted",
  stale: "Stale",
  unknown: "Unknown",
};

export const SYNC_HINT: Readonly<Record<SyncState, string>> = {
  in_sync: "Every live runtime runs what is declared",
  hot_patched: "What differs is an authorised hot-patch",
  drifted: "Something runs that is not declared",
  stale: "The last report is too old to say anything",
  unknown: "Nothing was reported yet, or it could not be read",
};

export const HEALTH_WORD: Readonly<Record<HealthState, string>> = {
  ok: "Healthy",
  degraded: "Degraded",
  failing: "Failing",
  unknown: "Health unknown",
};

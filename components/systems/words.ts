import type { Tone } from "#components/ui/tone.ts";
import type {
  ChangeKind,
  EnvironmentPolicy,
  ParameterKind,
  Risk,
  RiskTier,
  Strictness,
  TemplateName,
  Tier,
} from "#lib/systems/model.ts";

/** The model's words as people read them. */
export const KIND_WORD: Readonly<Record<ParameterKind, string>> = {
  model: "Model",
  sampling: "Sampling",
  prompt: "Prompt",
  few_shot: "Few-shot",
  guardrail: "Guardrail",
  routing: "Routing",
  fallback: "Fallback",
  retry: "Retry",
  limit: "Limit",
  embedding: "Embedding",
  chunking: "Chunking",
  retrieval: "Retrieval",
  rerank: "Rerank",
  flag: "Flag",
  experiment: "Experiment",
  serving: "Serving",
  preprocessing: "Preprocessing",
  hyperparameter: "Hyperparameter",
};

export const TIER_WORD: Readonly<Record<Tier, string>> = { runtime: "Runtime", build: "Build" };
export const TIER_HINT: Readonly<Record<Tier, string>> = {
  runtime: "Changes without a redeployment",
  build: "Verified only once runtimes report a new build",
};

export const ENVIRONMENT_POLICY_WORD: Readonly<Record<EnvironmentPolicy, string>> = {
  may_differ: "May differ",
  same: "Same everywhere",
};

export const STRICTNESS_WORD: Readonly<Record<Strictness, string>> = {
  higher_is_stricter: "Higher is stricter",
  lower_is_stricter: "Lower is stricter",
  none: "No direction",
};

export const RISK_WORD: Readonly<Record<Risk, string>> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const RISK_TIER_WORD: Readonly<Record<RiskTier, string>> = {
  minimal: "Minimal risk",
  limited: "Limited risk",
  high: "High risk",
  critical: "Critical risk",
};

export const RISK_TIER_TONE: Readonly<Record<RiskTier, Tone>> = {
  minimal: "neutral",
  limited: "info",
  high: "warn",
  critical: "danger",
};

export const REQUEST_WORD: Readonly<Record<ChangeKind, string>> = {
  version: "New versions",
  promotion: "Promotions",
  rollback: "Rollbacks",
  rules: "Changes of the rules",
};

export const TEMPLATE_WORD: Readonly<Record<TemplateName, string>> = {
  "llm-application": "LLM application",
  "rag-pipeline": "Retrieval pipeline",
  "ml-model-serving": "Model serving",
  empty: "Empty",
};

/** `max_input_tokens` as a heading: Max input tokens. */
export function wordsOf(name: string): string {
  const words = name.replaceAll(/[_-]+/gu, " ").trim();
  return words === "" ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Checks whose names say less than the title that a change request gives them. */
const CHECK_TITLE: Readonly<Record<string, string>> = {
  content_current: "Up to date",
  threads: "Conversations",
  dependencies: "Re-evaluation",
  pipeline_order: "Order of the pipeline",
};

/** A check as a change request calls it. */
export function checkTitle(check: string): string {
  return CHECK_TITLE[check] ?? wordsOf(check);
}

/** One thing, several things. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Options of a select, from the words for each value. */
export function choicesOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

import type { Constraint, Dependency, Policy } from "#lib/systems/model.ts";

const CONTENT: readonly string[] = [
  "content_current",
  "schema",
  "constraints",
  "models_pinned",
  "overlay_policy",
  "secrets",
  "flags",
];
const WEEK = 7 * 24;

/** What a team asks of its changes; the rest of the policies is the same everywhere. */
export type Care = {
  /** Time that a version spends in staging before production. */
  readonly soakMinutes: number;
  readonly productionApprovals: number;
  readonly rulesApprovals: number;
};

/** Policies for development, staging and production, from how careful a team has to be. */
export function policies(care: Care): readonly Policy[] {
  const ordinary = {
    environments: [],
    kinds: [],
    approvals: 0,
    groups: [],
    requiredChecks: CONTENT,
    soakMinutes: 0,
    approvalLastsHours: WEEK,
    threadsMustBeResolved: false,
  } as const;
  return [
    {
      ...ordinary,
      id: "version",
      title: "Another person reads every new version",
      requests: ["version"],
      approvals: 1,
      requiredChecks: [...CONTENT, "approvals", "threads"],
      threadsMustBeResolved: true,
    },
    {
      ...ordinary,
      id: "version-guardrail",
      title: "Someone of safety reads every change to a guardrail",
      requests: ["version"],
      kinds: ["guardrail"],
      approvals: 1,
      groups: [{ group: "safety", approvals: 1 }],
      requiredChecks: [...CONTENT, "approvals", "threads", "ratchet"],
      threadsMustBeResolved: true,
    },
    {
      ...ordinary,
      id: "development",
      title: "Development takes any version",
      requests: ["promotion", "rollback"],
      environments: ["development"],
    },
    {
      ...ordinary,
      id: "staging",
      title: "Staging takes what one person approved",
      requests: ["promotion", "rollback"],
      environments: ["staging"],
      approvals: 1,
      requiredChecks: [...CONTENT, "pipeline_order", "approvals", "threads", "hold", "dependencies"],
      threadsMustBeResolved: true,
    },
    {
      ...ordinary,
      id: "production",
      title: "Production takes what soaked in staging and several people approved",
      requests: ["promotion"],
      environments: ["production"],
      approvals: care.productionApprovals,
      requiredChecks: [
        ...CONTENT,
        "pipeline_order",
        "approvals",
        "threads",
        "hold",
        "dependencies",
        "ratchet",
        "soak",
        "freeze_window",
      ],
      soakMinutes: care.soakMinutes,
      threadsMustBeResolved: true,
    },
    {
      ...ordinary,
      id: "production-guardrail",
      title: "Someone of safety approves every guardrail that changes in production",
      requests: ["promotion"],
      environments: ["production"],
      kinds: ["guardrail"],
      approvals: 1,
      groups: [{ group: "safety", approvals: 1 }],
      requiredChecks: ["approvals", "ratchet"],
    },
    {
      ...ordinary,
      id: "production-rollback",
      title: "One person confirms a rollback in production",
      requests: ["rollback"],
      environments: ["production"],
      approvals: 1,
      requiredChecks: ["approvals"],
      approvalLastsHours: 24,
    },
    {
      ...ordinary,
      id: "rules",
      title: "The rules change with the consent of those who keep them",
      requests: ["rules"],
      approvals: care.rulesApprovals,
      groups: [{ group: "platform", approvals: 1 }],
      requiredChecks: ["content_current", "approvals", "threads"],
      threadsMustBeResolved: true,
    },
  ];
}

export const generationConstraints: readonly Constraint[] = [
  {
    id: "one-way-to-sample",
    expression:
      "!has(config.sampling) || !has(config.sampling.top_p) || double(config.sampling.top_p) == 1.0 || double(config.sampling.temperature) == 1.0",
    message: "Change sampling.temperature or sampling.top_p, not both: leave the other at 1",
    severity: "warning",
    bundles: [],
  },
  {
    id: "answer-fits-conversation",
    expression:
      "!has(config.limits) || !has(config.limits.tokens_per_conversation) || !has(config.sampling) || config.sampling.max_tokens < config.limits.tokens_per_conversation",
    message:
      "One answer may not use up a conversation: sampling.max_tokens must be below limits.tokens_per_conversation",
    severity: "error",
    bundles: [],
  },
  {
    id: "replicas-in-order",
    expression:
      "!has(config.serving) || !has(config.serving.min_replicas) || !has(config.serving.max_replicas) || config.serving.min_replicas <= config.serving.max_replicas",
    message: "serving.min_replicas may be at most serving.max_replicas",
    severity: "error",
    bundles: [],
  },
  {
    id: "backoff-in-order",
    expression:
      "!has(config.retry) || !has(config.retry.initial_backoff_ms) || !has(config.retry.max_backoff_ms) || config.retry.initial_backoff_ms <= config.retry.max_backoff_ms",
    message: "Pauses may not start above their limit: retry.initial_backoff_ms may be at most retry.max_backoff_ms",
    severity: "error",
    bundles: [],
  },
  {
    id: "timeout-within-deadline",
    expression:
      "!has(config.limits) || !has(config.limits.answer_deadline_ms) || !has(config.model) || !has(config.model.timeout_ms) || config.model.timeout_ms <= config.limits.answer_deadline_ms",
    message:
      "A request may not outlast the answer it is for: model.timeout_ms may be at most limits.answer_deadline_ms",
    severity: "error",
    bundles: [],
  },
  {
    id: "default-route-exists",
    expression:
      "!has(config.routing) || !has(config.routing.default_route) || !has(config.routing.routes) || config.routing.default_route in config.routing.routes",
    message: "routing.default_route must name one of routing.routes",
    severity: "error",
    bundles: [],
  },
  {
    id: "fallback-is-another-model",
    expression:
      "!has(config.fallback) || !has(config.fallback.chain) || !has(config.model) || config.fallback.chain.all(name, config.fallback.chain[name].model != config.model.name)",
    message: "A fallback must be another release than the one that failed: fallback.chain may not repeat model.name",
    severity: "error",
    bundles: [],
  },
];

export const generationDependencies: readonly Dependency[] = [
  {
    from: "/model/name",
    to: "/guardrails/*/*/threshold",
    reason: "Guardrail thresholds were calibrated on this model release",
  },
  {
    from: "/model/name",
    to: "/guardrails/*/*/min_score",
    reason: "Quality scores were measured on answers of this model release",
  },
  { from: "/model/name", to: "/prompts/*", reason: "Prompts were written and tested against this model release" },
  { from: "/model/name", to: "/sampling/temperature", reason: "Releases respond differently to the same temperature" },
  {
    from: "/guardrails/*/*/classifier",
    to: "/guardrails/*/*/threshold",
    reason: "A threshold is on the scale of its classifier",
  },
];

import {
  between,
  choice,
  DATE,
  listOf,
  parameters,
  SLUG,
  text,
  whole,
  YES_OR_NO,
} from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

/** Budgets: of one answer, one conversation, one day. */
export const limits: readonly ParameterRule[] = parameters(
  { kind: "limit", owner: "platform", environmentPolicy: "may_differ", strictness: "lower_is_stricter" },
  [
    { pattern: "/limits/requests_per_minute", title: "Requests a minute", schema: whole(1, 100000) },
    { pattern: "/limits/concurrent_requests", title: "Requests at once", schema: whole(1, 5000) },
    {
      pattern: "/limits/input_tokens_per_request",
      title: "Longest input",
      schema: whole(64, 1000000),
      unit: "tokens",
      environmentPolicy: "same",
    },
    {
      pattern: "/limits/tokens_per_conversation",
      title: "Tokens of one conversation",
      schema: whole(256, 2000000),
      unit: "tokens",
      environmentPolicy: "same",
    },
    {
      pattern: "/limits/turns_per_conversation",
      title: "Turns of one conversation",
      description: "After this many the person is offered a colleague.",
      schema: whole(1, 200),
      environmentPolicy: "same",
      owner: "product",
    },
    {
      pattern: "/limits/tool_calls_per_turn",
      title: "Tool calls in one turn",
      description: "Stops loops.",
      schema: whole(0, 50),
      environmentPolicy: "same",
      risk: "medium",
    },
    {
      pattern: "/limits/daily_spend",
      title: "Spend in a day",
      schema: between(0, 100000),
      unit: "EUR",
      risk: "medium",
    },
    {
      pattern: "/limits/spend_alert_share",
      title: "Share of the budget that alerts",
      schema: between(0.1, 1),
      strictness: "none",
    },
    { pattern: "/limits/answer_deadline_ms", title: "Deadline of an answer", schema: whole(500, 300000), unit: "ms" },
  ],
);

/** A switch in the code with someone who answers for it and a day on which it is gone. */
export const flags: readonly ParameterRule[] = [
  ...parameters({ kind: "flag", owner: "product", environmentPolicy: "may_differ", risk: "medium" }, [
    {
      pattern: "/flags/*",
      title: "Feature flag",
      description: "Every flag has an owner and a day by which it is removed.",
      schema: {
        type: "object",
        properties: {
          enabled: YES_OR_NO,
          owner: text(80),
          expires: DATE,
          description: text(300),
          rollout: between(0, 1),
        },
        required: ["enabled", "owner", "expires", "description"],
        additionalProperties: false,
      },
    },
  ]),
  ...parameters({ kind: "experiment", owner: "product", environmentPolicy: "may_differ", risk: "medium" }, [
    { pattern: "/experiments/*/enabled", title: "Experiment runs", schema: YES_OR_NO },
    { pattern: "/experiments/*/hypothesis", title: "Hypothesis", schema: text(400, 20), risk: "low" },
    { pattern: "/experiments/*/traffic_share", title: "Share of traffic", schema: between(0, 0.5) },
    { pattern: "/experiments/*/primary_metric", title: "Primary metric", schema: SLUG, risk: "low" },
    { pattern: "/experiments/*/guardrail_metric", title: "Metric that stops it", schema: SLUG },
    { pattern: "/experiments/*/ends", title: "Last day", schema: DATE },
    {
      pattern: "/experiments/*/variants/*",
      title: "Variant",
      description: "What this arm changes.",
      schema: text(300),
    },
  ]),
];

/** What is recorded, for how long, and how the service is sized. */
export const serving: readonly ParameterRule[] = [
  ...parameters({ kind: "serving", owner: "platform", environmentPolicy: "may_differ" }, [
    { pattern: "/serving/min_replicas", title: "Fewest replicas", schema: whole(0, 500) },
    { pattern: "/serving/max_replicas", title: "Most replicas", schema: whole(1, 500) },
    { pattern: "/serving/target_concurrency", title: "Requests at once for a replica", schema: whole(1, 1000) },
    { pattern: "/serving/stream", title: "Answers are streamed", schema: YES_OR_NO, environmentPolicy: "same" },
    {
      pattern: "/serving/cache/enabled",
      title: "Answers are cached",
      schema: YES_OR_NO,
      environmentPolicy: "same",
      risk: "medium",
    },
    { pattern: "/serving/cache/ttl_seconds", title: "How long answers are cached", schema: whole(0, 86400), unit: "s" },
    {
      pattern: "/serving/cache/similarity_threshold",
      title: "Similarity that counts as the same question",
      schema: between(0.8, 1),
      environmentPolicy: "same",
      risk: "high",
    },
    { pattern: "/serving/warm_up", title: "Model is warmed up before traffic", schema: YES_OR_NO },
  ]),
  ...parameters({ kind: "serving", owner: "platform", environmentPolicy: "may_differ" }, [
    { pattern: "/telemetry/trace_sample_rate", title: "Share of requests that is traced", schema: between(0, 1) },
    { pattern: "/telemetry/log_level", title: "Log level", schema: choice("debug", "info", "warn", "error") },
    {
      pattern: "/telemetry/record_content",
      title: "Prompts and answers are recorded",
      description: "Recorded text is redacted first and kept for telemetry.retention_days.",
      schema: YES_OR_NO,
      owner: "safety",
      risk: "high",
      locked: true,
    },
    {
      pattern: "/telemetry/retention_days",
      title: "How long recorded text is kept",
      schema: whole(1, 365),
      unit: "days",
      owner: "safety",
      strictness: "lower_is_stricter",
      maxRelaxation: 30,
      environmentPolicy: "same",
      risk: "high",
      locked: true,
    },
    { pattern: "/telemetry/attributes", title: "Attributes put on every trace", schema: listOf(text(80), { max: 20 }) },
  ]),
];

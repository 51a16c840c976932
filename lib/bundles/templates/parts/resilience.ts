import {
  between,
  choice,
  listOf,
  MODEL_NAME,
  parameters,
  text,
  whole,
  YES_OR_NO,
} from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

const TROUBLE = choice("timeout", "rate_limited", "overloaded", "server_error", "content_filtered", "context_exceeded");

/** Which model gets which kind of request. */
export const routing: readonly ParameterRule[] = [
  ...parameters({ kind: "model", owner: "ml", risk: "high" }, [
    {
      pattern: "/routing/routes/*/model",
      title: "Model release of a route",
      description: "Pinned release that answers requests of this route.",
      schema: MODEL_NAME,
    },
    {
      pattern: "/routing/classifier/model",
      title: "Model release that routes",
      description: "Pinned release that decides which route a request takes.",
      schema: MODEL_NAME,
    },
  ]),
  ...parameters({ kind: "routing", owner: "ml", risk: "medium" }, [
    {
      pattern: "/routing/strategy",
      title: "Routing strategy",
      schema: choice("single", "by_intent", "by_complexity", "weighted"),
    },
    {
      pattern: "/routing/default_route",
      title: "Default route",
      description: "Taken when no other is certain enough.",
      schema: text(60),
    },
    {
      pattern: "/routing/classifier/min_confidence",
      title: "Least confidence to route",
      description: "Below this the default route answers.",
      schema: between(0, 1),
    },
    {
      pattern: "/routing/routes/*/description",
      title: "What a route is for",
      schema: text(300),
      risk: "low",
    },
    {
      pattern: "/routing/routes/*/weight",
      title: "Share of a route",
      schema: between(0, 1),
      environmentPolicy: "may_differ",
    },
    {
      pattern: "/routing/routes/*/max_tokens",
      title: "Longest answer of a route",
      schema: whole(1, 65536),
      unit: "tokens",
    },
    {
      pattern: "/routing/routes/*/temperature",
      title: "Temperature of a route",
      schema: between(0, 2),
    },
    {
      pattern: "/routing/routes/*/tools",
      title: "Tools a route may call",
      schema: listOf(text(80), { max: 20 }),
      risk: "high",
    },
    {
      pattern: "/routing/routes/*/requires_sign_in",
      title: "Only for people who signed in",
      schema: YES_OR_NO,
      owner: "safety",
      risk: "high",
      locked: true,
    },
  ]),
];

/** What answers when the first choice does not, and how often it is asked again. */
export const resilience: readonly ParameterRule[] = [
  ...parameters({ kind: "model", owner: "ml", risk: "high" }, [
    {
      pattern: "/fallback/chain/*/model",
      title: "Fallback release",
      description: "Pinned release that takes over when the first choice fails.",
      schema: MODEL_NAME,
    },
  ]),
  ...parameters({ kind: "fallback", owner: "platform", risk: "medium" }, [
    {
      pattern: "/fallback/chain/*/order",
      title: "Place in the order of fallbacks",
      description: "1 is tried first.",
      schema: whole(1, 9),
    },
    {
      pattern: "/fallback/chain/*/provider",
      title: "Fallback provider",
      schema: choice("openai", "anthropic", "google", "bedrock", "azure", "self-hosted"),
    },
    {
      pattern: "/fallback/chain/*/triggers",
      title: "Trouble that a fallback takes over from",
      schema: listOf(TROUBLE, { min: 1, max: 6 }),
    },
    {
      pattern: "/fallback/chain/*/timeout_ms",
      title: "Timeout of a fallback",
      schema: whole(500, 120000),
      unit: "ms",
    },
    {
      pattern: "/fallback/circuit_breaker/failure_rate",
      title: "Failure rate that opens the circuit",
      schema: between(0.01, 1),
    },
    {
      pattern: "/fallback/circuit_breaker/window_seconds",
      title: "Window of the failure rate",
      schema: whole(5, 3600),
      unit: "s",
    },
    {
      pattern: "/fallback/circuit_breaker/cooldown_seconds",
      title: "Pause before the first choice is tried again",
      schema: whole(5, 3600),
      unit: "s",
    },
    {
      pattern: "/fallback/final_message",
      title: "What the person reads when nothing answers",
      schema: text(600, 10),
      owner: "product",
    },
  ]),
  ...parameters({ kind: "retry", owner: "platform" }, [
    { pattern: "/retry/max_attempts", title: "Attempts", schema: whole(1, 8), default: 3 },
    { pattern: "/retry/initial_backoff_ms", title: "First pause", schema: whole(10, 30000), unit: "ms" },
    { pattern: "/retry/max_backoff_ms", title: "Longest pause", schema: whole(10, 120000), unit: "ms" },
    { pattern: "/retry/multiplier", title: "Growth of pauses", schema: between(1, 5) },
    { pattern: "/retry/jitter", title: "Random share of a pause", schema: between(0, 1) },
    {
      pattern: "/retry/retry_on",
      title: "Trouble that is tried again",
      schema: listOf(TROUBLE, { min: 1, max: 6 }),
    },
  ]),
];

import { model, prompts, sampling } from "#lib/bundles/templates/parts/generation.ts";
import { guardrails } from "#lib/bundles/templates/parts/guardrails.ts";
import { flags, limits, serving } from "#lib/bundles/templates/parts/operations.ts";
import { generationConstraints, generationDependencies, policies } from "#lib/bundles/templates/parts/policies.ts";
import { resilience, routing } from "#lib/bundles/templates/parts/resilience.ts";
import { retrieval, retrievalConstraints, retrievalDependencies } from "#lib/bundles/templates/parts/retrieval.ts";
import { choice, listOf, parameters, SLUG, text, whole, YES_OR_NO } from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import { type DemoSystem, sourceOf } from "./system.ts";

const HOURS = { type: "string", pattern: "^(closed|([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d)$" };
const LOCALE = { type: "string", pattern: "^[a-z]{2}-[A-Z]{2}$" };

const presentation: readonly ParameterRule[] = parameters({ kind: "serving", owner: "product" }, [
  { pattern: "/assistant/display_name", title: "Name of the assistant", schema: text(40) },
  { pattern: "/assistant/locales", title: "Languages it answers in", schema: listOf(LOCALE, { min: 1, max: 12 }) },
  { pattern: "/assistant/default_locale", title: "Language when none is known", schema: LOCALE },
  {
    pattern: "/assistant/reading_age",
    title: "Reading age of answers",
    description: "Measured every week on a sample.",
    schema: whole(7, 18),
    unit: "years",
  },
  {
    pattern: "/assistant/discloses_automation",
    title: "Says that it is software",
    description: "People have to be told before the first answer.",
    schema: YES_OR_NO,
    owner: "safety",
    strictness: "higher_is_stricter",
    maxRelaxation: 0,
    risk: "critical",
    locked: true,
  },
  {
    pattern: "/assistant/channels/*",
    title: "Channel it answers on",
    schema: YES_OR_NO,
    environmentPolicy: "may_differ",
    risk: "medium",
  },
  { pattern: "/assistant/opening_message", title: "First message", schema: text(600, 20), risk: "medium" },
]);

const handover: readonly ParameterRule[] = parameters({ kind: "routing", owner: "product", risk: "medium" }, [
  { pattern: "/handover/queue", title: "Queue for colleagues", schema: SLUG },
  {
    pattern: "/handover/priority_queues/*",
    title: "Queue for a reason that can't wait",
    schema: SLUG,
    risk: "high",
    owner: "safety",
  },
  { pattern: "/handover/opening_hours/*", title: "When colleagues answer", schema: HOURS },
  {
    pattern: "/handover/max_wait_seconds",
    title: "Longest wait for a colleague",
    description: "After this a call back is offered.",
    schema: whole(30, 1800),
    unit: "s",
    strictness: "lower_is_stricter",
    maxRelaxation: 240,
  },
  {
    pattern: "/handover/offer_after_failed_answers",
    title: "Failed answers before a colleague is offered",
    schema: whole(1, 5),
    strictness: "lower_is_stricter",
    maxRelaxation: 1,
  },
  { pattern: "/handover/transcript_included", title: "Colleagues see the chat", schema: YES_OR_NO },
  {
    pattern: "/handover/summary_style",
    title: "Form of the note for colleagues",
    schema: choice("lines", "sentences"),
    risk: "low",
  },
]);

/** The cache moves its own threshold with the traffic, within limits, and should come to the same everywhere. */
const tunedByItself = (rule: ParameterRule): ParameterRule =>
  rule.pattern === "/serving/cache/similarity_threshold"
    ? { ...rule, comparison: { owner: "shared", bounds: { minimum: 0.95, maximum: 1 } } }
    : rule;

export const supportAssistant: DemoSystem = {
  slug: "support-assistant",
  name: "Support assistant",
  description:
    "Chat with policyholders on the web and in the app: explains cover from policy wordings, takes first notices of loss, reports the status of claims, hands over to colleagues.",
  owningTeam: "Customer service, digital",
  riskTier: "high",
  template: "llm-application",
  rulesReason: "Retrieval, presentation and handover described as well; limits of guardrails agreed with conduct risk",
  rules: {
    parameters: [
      ...model,
      ...sampling,
      ...prompts,
      ...guardrails,
      ...retrieval,
      ...routing,
      ...resilience,
      ...limits,
      ...flags,
      ...serving.map(tunedByItself),
      ...presentation,
      ...handover,
    ],
    constraints: [
      ...generationConstraints,
      ...retrievalConstraints,
      {
        id: "personal-routes-need-sign-in",
        expression:
          "['claim_status', 'contact_change', 'first_notice'].all(name, !(name in config.routing.routes) || config.routing.routes[name].requires_sign_in)",
        message:
          "Routes that touch a person's own data need a signed-in person: set requires_sign_in on claim_status, contact_change and first_notice",
        severity: "error",
        bundles: [],
      },
      {
        id: "self-harm-goes-to-people",
        expression:
          "config.guardrails.input.self_harm.enabled && config.guardrails.input.self_harm.action == 'escalate'",
        message: "guardrails.input.self_harm must be on and hand over to a person",
        severity: "error",
        bundles: [],
      },
      {
        id: "context-fits-model",
        expression: "config.retrieval.max_context_tokens < config.limits.input_tokens_per_request",
        message:
          "Passages must fit into a request: retrieval.max_context_tokens must be below limits.input_tokens_per_request",
        severity: "error",
        bundles: [],
      },
      {
        id: "route-within-longest-answer",
        expression:
          "config.routing.routes.all(name, !has(config.routing.routes[name].max_tokens) || config.routing.routes[name].max_tokens <= config.sampling.max_tokens)",
        message: "A route's max_tokens is above sampling.max_tokens and is cut there",
        severity: "warning",
        bundles: [],
      },
      {
        id: "cached-answers-only-when-alike",
        expression: "!config.serving.cache.enabled || double(config.serving.cache.similarity_threshold) >= 0.95",
        message:
          "An answer may only be reused for nearly the same question: serving.cache.similarity_threshold must be 0.95 or more",
        severity: "error",
        bundles: [],
      },
    ],
    dependencies: [
      ...generationDependencies,
      ...retrievalDependencies,
      {
        from: "/prompts/system",
        to: "/guardrails/output/groundedness/min_score",
        reason: "How the prompt asks for sources decides how many statements can be matched to a passage",
      },
      {
        from: "/retrieval/top_k",
        to: "/guardrails/output/groundedness/min_score",
        reason: "More passages support more statements, and let weaker ones through",
      },
      {
        from: "/prompts/rewrite_query",
        to: "/retrieval/min_score",
        reason: "The cut-off was measured on queries as this prompt writes them",
      },
    ],
    policies: policies({ soakMinutes: 24 * 60, productionApprovals: 2, rulesApprovals: 2 }),
  },
  bundles: [
    {
      slug: "assistant",
      name: "Assistant",
      description: "Prompts, model, guardrails, retrieval, routing and handover of the chat.",
      source: sourceOf("support-assistant", "assistant"),
    },
  ],
};

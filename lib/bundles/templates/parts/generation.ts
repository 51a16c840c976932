import {
  between,
  choice,
  HTTPS_URL,
  listOf,
  MODEL_NAME,
  PROMPT,
  parameters,
  SECRET,
  text,
  whole,
} from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

/** Which model answers, and how it is reached. */
export const model: readonly ParameterRule[] = [
  ...parameters({ kind: "model", owner: "ml", risk: "high" }, [
    {
      pattern: "/model/name",
      title: "Model release",
      description: "The pinned release that answers. A name that the provider may move is refused.",
      schema: MODEL_NAME,
      required: true,
    },
  ]),
  ...parameters({ kind: "serving", owner: "platform", environmentPolicy: "may_differ" }, [
    {
      pattern: "/model/provider",
      title: "Model provider",
      description: "Whose API serves the release.",
      schema: choice("openai", "anthropic", "google", "bedrock", "azure", "self-hosted"),
      environmentPolicy: "same",
      risk: "medium",
      required: true,
    },
    {
      pattern: "/model/base_url",
      title: "Endpoint",
      description: "Base address of the provider's API, or of the gateway in front of it.",
      schema: HTTPS_URL,
      risk: "medium",
    },
    {
      pattern: "/model/api_key",
      title: "API key",
      description: "Reference to the credential in the vault.",
      schema: SECRET,
      risk: "high",
      locked: true,
    },
    {
      pattern: "/model/region",
      title: "Processing region",
      description: "Where the provider may process requests.",
      schema: choice("eu", "uk", "us"),
      environmentPolicy: "same",
      risk: "high",
      locked: true,
    },
    {
      pattern: "/model/timeout_ms",
      title: "Request timeout",
      description: "How long one request may take before it counts as failed.",
      schema: whole(500, 120000),
      unit: "ms",
    },
  ]),
];

/** How the answer is drawn; names follow the OpenTelemetry generative-AI conventions. */
export const sampling: readonly ParameterRule[] = parameters({ kind: "sampling", owner: "ml", risk: "medium" }, [
  {
    pattern: "/sampling/temperature",
    title: "Temperature",
    description: "0 is the most repeatable; above 1 answers wander.",
    schema: between(0, 2),
    required: true,
    default: 0.2,
  },
  {
    pattern: "/sampling/top_p",
    title: "Nucleus sampling",
    description: "Share of probability mass that tokens are drawn from. Change this or the temperature, not both.",
    schema: { type: "number", exclusiveMinimum: 0, maximum: 1 },
    default: 1,
  },
  {
    pattern: "/sampling/top_k",
    title: "Top-k sampling",
    description: "Number of likeliest tokens that are considered.",
    schema: whole(1, 500),
  },
  {
    pattern: "/sampling/max_tokens",
    title: "Longest answer",
    description: "The model stops after this many tokens.",
    schema: whole(1, 65536),
    unit: "tokens",
    required: true,
  },
  {
    pattern: "/sampling/frequency_penalty",
    title: "Frequency penalty",
    description: "Discourages repeating the same words.",
    schema: between(-2, 2),
    default: 0,
  },
  {
    pattern: "/sampling/presence_penalty",
    title: "Presence penalty",
    description: "Encourages new subjects.",
    schema: between(-2, 2),
    default: 0,
  },
  {
    pattern: "/sampling/stop_sequences",
    title: "Stop sequences",
    description: "The answer ends before any of these.",
    schema: listOf(text(64), { max: 4 }),
  },
  {
    pattern: "/sampling/seed",
    title: "Seed",
    description: "Asks the provider for repeatable draws, where it can.",
    schema: whole(0, 2147483647),
    environmentPolicy: "may_differ",
    risk: "low",
  },
  {
    pattern: "/sampling/reasoning_effort",
    title: "Reasoning effort",
    description: "How long a reasoning model may think before it answers.",
    schema: choice("none", "low", "medium", "high"),
  },
]);

/** What the model is told, and shown. */
export const prompts: readonly ParameterRule[] = [
  ...parameters({ kind: "prompt", owner: "product", risk: "high" }, [
    {
      pattern: "/prompts/*",
      title: "Prompt",
      description: "Instructions to the model, under the name by which the application asks for them.",
      schema: PROMPT,
    },
  ]),
  ...parameters({ kind: "few_shot", owner: "product", risk: "medium" }, [
    {
      pattern: "/few_shot/*",
      title: "Worked examples",
      description: "Exchanges shown to the model before the real one.",
      schema: {
        type: "array",
        minItems: 1,
        maxItems: 12,
        items: {
          type: "object",
          properties: { input: text(4000), output: text(4000) },
          required: ["input", "output"],
          additionalProperties: false,
        },
      },
    },
  ]),
];

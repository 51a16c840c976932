import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { isJsonObject } from "#lib/kernel/json.ts";
import { getAt, removeAt, setAt } from "#lib/kernel/pointer.ts";
import type { DemoFleet } from "./fleet.ts";

type Edit = (configuration: JsonObject) => JsonObject;

/** Sets parameters, as a hand edit does. */
const set =
  (values: Readonly<Record<string, Json>>): Edit =>
  (configuration) =>
    object(Object.entries(values).reduce<Json>((value, [pointer, next]) => setAt(value, pointer, next), configuration));

const without =
  (...pointers: readonly string[]): Edit =>
  (configuration) =>
    object(pointers.reduce<Json>(removeAt, configuration));

/** Adds a sentence to a prompt, whatever it says today. */
const addTo =
  (pointer: string, sentence: string): Edit =>
  (configuration) => {
    const text = getAt(configuration, pointer);
    return typeof text === "string" ? object(setAt(configuration, pointer, `${text}${sentence}\n`)) : configuration;
  };

function object(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

const supportAssistant: readonly DemoFleet[] = [
  {
    system: "support-assistant",
    environment: "production",
    bundle: "assistant",
    name: "eu-west",
    size: 12,
    build: "2189",
    oddities: [
      {
        instances: [4, 7, 9],
        edit: set({ "/guardrails/output/groundedness/min_score": 0.7 }),
        origins: { "/guardrails/output/groundedness/min_score": "file /etc/assistant/config.yaml" },
      },
      {
        instances: [11],
        edit: set({ "/sampling/temperature": 0.7 }),
        origins: { "/sampling/temperature": "environment variable ASSISTANT_SAMPLING_TEMPERATURE" },
        health: "degraded",
        healthNote: "Answers rewritten: 14 % in the last hour",
      },
      // An ignore rule of the story lets it be.
      {
        instances: [6],
        edit: set({ "/telemetry/log_level": "debug" }),
        origins: { "/telemetry/log_level": "environment variable ASSISTANT_TELEMETRY_LOG_LEVEL" },
      },
    ],
  },
  {
    system: "support-assistant",
    environment: "production",
    bundle: "assistant",
    name: "eu-central",
    size: 8,
    build: "2189",
    oddities: [
      {
        instances: [2],
        edit: addTo(
          "/prompts/system",
          "Mention the winter offer for home insurance when the person asks about heating.",
        ),
        origins: { "/prompts/system": "file /etc/assistant/prompts/system.txt" },
      },
      { instances: [8], isSilent: true },
    ],
  },
  {
    system: "support-assistant",
    environment: "staging",
    bundle: "assistant",
    name: "replay",
    size: 2,
    build: "2194",
  },
  {
    system: "support-assistant",
    environment: "development",
    bundle: "assistant",
    name: "workbench",
    size: 2,
    build: "2201",
    served: () => ({ served: "claude-sonnet-4-5-20251015", fingerprint: "fp_7c1e03" }),
    oddities: [
      { instances: [2], edit: set({ "/serving/cache/similarity_threshold": 0.99 }) },
      {
        instances: [1],
        edit: (configuration) =>
          set({ "/retrieval/top_k": "many", "/retrieval/debug_scores": true })(
            without("/limits/answer_deadline_ms")(configuration),
          ),
        origins: { "/retrieval/top_k": "file config.local.yaml", "/retrieval/debug_scores": "file config.local.yaml" },
      },
    ],
  },
];

const documentTriage: readonly DemoFleet[] = [
  ...["classification", "extraction", "routing"].map(
    (bundle): DemoFleet => ({
      system: "document-triage",
      environment: "production",
      bundle,
      name: "batch",
      size: 6,
      build: "1.42.0",
      ...(bundle === "extraction" && {
        oddities: [
          {
            instances: [3],
            edit: set({ "/guardrails/output/evidence_match/enabled": false }),
            origins: { "/guardrails/output/evidence_match/enabled": "flag service" },
          },
        ],
      }),
      ...(bundle === "routing" && {
        // It missed the end of the hot-patch of INC-2319.
        oddities: [{ instances: [5], edit: set({ "/automation/pay_small_invoice/enabled": false }) }],
      }),
    }),
  ),
  ...["classification", "extraction"].map(
    (bundle): DemoFleet => ({
      system: "document-triage",
      environment: "staging",
      bundle,
      name: "batch",
      size: 1,
      build: "1.43.0",
      ...(bundle === "extraction" && {
        oddities: [
          {
            instances: [1],
            edit: set({ "/model/name": "gpt-5.4-mini-2026-03-17" }),
            origins: { "/model/name": "file /srv/triage/extraction.yaml" },
          },
        ],
      }),
    }),
  ),
];

const codeReviewAgent: readonly DemoFleet[] = [
  {
    system: "code-review-agent",
    environment: "production",
    bundle: "agent",
    name: "workers",
    size: 5,
    build: "0.31.2",
  },
  {
    system: "code-review-agent",
    environment: "staging",
    bundle: "agent",
    name: "workers",
    size: 1,
    build: "0.32.0",
    oddities: [
      {
        instances: [1],
        unreadable: "/etc/agent/config.yaml line 14: a mapping value is not allowed here",
        health: "failing",
      },
    ],
  },
];

/** What runs at the demo organisation. Development of two systems has no runtime: it is unknown, and shown so. */
export const FLEETS: readonly DemoFleet[] = [...supportAssistant, ...documentTriage, ...codeReviewAgent];

import { model, prompts, sampling } from "#lib/bundles/templates/parts/generation.ts";
import { guardrails } from "#lib/bundles/templates/parts/guardrails.ts";
import { flags, limits, serving } from "#lib/bundles/templates/parts/operations.ts";
import { generationConstraints, generationDependencies, policies } from "#lib/bundles/templates/parts/policies.ts";
import { resilience } from "#lib/bundles/templates/parts/resilience.ts";
import { retrieval, retrievalConstraints, retrievalDependencies } from "#lib/bundles/templates/parts/retrieval.ts";
import { DEFAULT_ENVIRONMENTS, inBundle, type Template } from "#lib/bundles/templates/template.ts";

const KNOWLEDGE = `# How documents are cut, embedded, found and ranked.

embedding:
  provider: self-hosted
  model: bge-m3@5617a9f61b028005a4858fdac845db406aefb181 # changing it means embedding every document again
  dimensions: 1024
  max_input_tokens: 8192
  normalise: true
  batch_size: 64

retrieval:
  index: knowledge
  splitter: heading
  chunk_size: 512 # at most embedding.max_input_tokens
  chunk_overlap: 64
  top_k: 24
  min_score: 0.35
  hybrid:
    vector_weight: 0.7
    keyword_weight: 0.3
  max_context_tokens: 6000
  freshness_days: 1095
  cite_sources: true
  timeout_ms: 800
  cache_ttl_seconds: 300

rerank:
  enabled: true
  engine: cross-encoder-1.2
  top_n: 8
  min_score: 0.2
  timeout_ms: 400
`;

const ANSWER = `# How an answer is written from the passages that were found.

model:
  provider: openai
  name: gpt-5.4-2026-03-05
  api_key:
    $secret: vault://ai/openai#api-key
  timeout_ms: 20000

sampling:
  temperature: 0.1
  top_p: 1
  max_tokens: 800

prompts:
  answer: |
    Answer the question from the passages below and from nothing else.

    After every statement name the passage that it comes from, as [1] or [2, 5].
    If the passages do not answer the question, say that you found nothing, and what you searched for.
    If they contradict each other, say so and give both, the newer one first.
  rewrite_query: |
    Rewrite the person's last message as one search query that stands on its own.
    Keep product names, numbers and dates as they are. Do not answer the question.

guardrails:
  output:
    groundedness:
      enabled: true
      classifier: entailment-2.0
      min_score: 0.75 # share of statements that a passage supports; higher is stricter
      action: rewrite
    personal_data:
      enabled: true
      entities: [email_address, phone_number, bank_account]
      action: redact

retry:
  max_attempts: 2
  initial_backoff_ms: 200
  max_backoff_ms: 2000
  multiplier: 2
  jitter: 0.2
  retry_on: [timeout, overloaded]

limits:
  requests_per_minute: 300
  input_tokens_per_request: 24000
  tokens_per_conversation: 80000
  answer_deadline_ms: 30000
`;

/** Search in documents and an answer from what was found: two bundles that are promoted together. */
export const ragPipeline: Template = {
  name: "rag-pipeline",
  title: "Retrieval pipeline",
  description:
    "Embedding, chunking, retrieval and reranking in one bundle; the model that writes the answer, its prompts and guardrails in another.",
  environments: DEFAULT_ENVIRONMENTS,
  bundles: [
    {
      slug: "knowledge",
      name: "Knowledge",
      description: "How documents are embedded, found and ranked.",
      source: {
        base: KNOWLEDGE,
        overlays: {
          development: "retrieval:\n  index: knowledge-development\n",
          staging: "retrieval:\n  index: knowledge-staging\n",
          production: "",
        },
      },
    },
    {
      slug: "answer",
      name: "Answer",
      description: "How an answer is written from what was found.",
      source: {
        base: ANSWER,
        overlays: { development: "limits:\n  requests_per_minute: 30\n", staging: "", production: "" },
      },
    },
  ],
  rules: {
    parameters: [
      ...inBundle("knowledge", retrieval),
      ...inBundle("answer", [...model, ...sampling, ...prompts, ...guardrails, ...resilience, ...limits]),
      ...flags,
      ...serving,
    ],
    constraints: [
      ...retrievalConstraints,
      ...generationConstraints,
      {
        id: "context-fits-input",
        expression:
          "!has(bundles.knowledge) || !has(bundles.answer) || !has(bundles.knowledge.retrieval.max_context_tokens) || !has(bundles.answer.limits) || !has(bundles.answer.limits.input_tokens_per_request) || bundles.knowledge.retrieval.max_context_tokens < bundles.answer.limits.input_tokens_per_request",
        message:
          "The passages must fit into the answer's input: knowledge's retrieval.max_context_tokens must be below answer's limits.input_tokens_per_request",
        severity: "error",
        bundles: [],
      },
    ],
    dependencies: [...retrievalDependencies, ...generationDependencies],
    policies: policies({ soakMinutes: 24 * 60, productionApprovals: 2, rulesApprovals: 1 }),
  },
};

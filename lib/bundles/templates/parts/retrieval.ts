import {
  between,
  choice,
  listOf,
  MODEL_NAME,
  parameters,
  SECRET,
  SLUG,
  text,
  whole,
  YES_OR_NO,
} from "#lib/bundles/templates/template.ts";
import type { Constraint, Dependency, ParameterRule } from "#lib/systems/model.ts";

/** How documents become vectors, and which of them reach the model. */
export const retrieval: readonly ParameterRule[] = [
  ...parameters({ kind: "model", owner: "retrieval", risk: "high", tier: "build" }, [
    {
      pattern: "/embedding/model",
      title: "Embedding release",
      description: "Changing it means that every document has to be embedded again.",
      schema: MODEL_NAME,
      required: true,
      locked: true,
    },
  ]),
  ...parameters({ kind: "embedding", owner: "retrieval", risk: "high", tier: "build" }, [
    {
      pattern: "/embedding/provider",
      title: "Embedding provider",
      schema: choice("openai", "google", "bedrock", "azure", "self-hosted"),
    },
    {
      pattern: "/embedding/dimensions",
      title: "Dimensions of a vector",
      schema: { enum: [256, 384, 512, 768, 1024, 1536, 2048, 3072] },
      locked: true,
    },
    {
      pattern: "/embedding/max_input_tokens",
      title: "Longest text that is embedded",
      schema: whole(128, 32768),
      unit: "tokens",
    },
    {
      pattern: "/embedding/normalise",
      title: "Vectors of unit length",
      schema: YES_OR_NO,
    },
    {
      pattern: "/embedding/batch_size",
      title: "Texts in one request",
      schema: whole(1, 2048),
      tier: "runtime",
      environmentPolicy: "may_differ",
      risk: "low",
    },
    {
      pattern: "/embedding/api_key",
      title: "API key for embeddings",
      schema: SECRET,
      tier: "runtime",
      environmentPolicy: "may_differ",
      locked: true,
    },
  ]),
  ...parameters({ kind: "chunking", owner: "retrieval", risk: "medium", tier: "build" }, [
    {
      pattern: "/retrieval/chunk_size",
      title: "Size of a passage",
      schema: whole(64, 4096),
      unit: "tokens",
      required: true,
    },
    {
      pattern: "/retrieval/chunk_overlap",
      title: "Overlap of neighbouring passages",
      schema: whole(0, 1024),
      unit: "tokens",
    },
    {
      pattern: "/retrieval/splitter",
      title: "Where passages are cut",
      schema: choice("sentence", "paragraph", "heading", "clause"),
    },
  ]),
  ...parameters({ kind: "retrieval", owner: "retrieval", risk: "medium" }, [
    {
      pattern: "/retrieval/index",
      title: "Index",
      description: "Name of the vector index that is asked.",
      schema: SLUG,
      environmentPolicy: "may_differ",
      risk: "high",
      required: true,
    },
    {
      pattern: "/retrieval/top_k",
      title: "Passages fetched",
      description: "Candidates before reranking.",
      schema: whole(1, 200),
      required: true,
    },
    {
      pattern: "/retrieval/min_score",
      title: "Least similarity",
      description: "Passages below are not considered.",
      schema: between(0, 1),
    },
    { pattern: "/retrieval/hybrid/vector_weight", title: "Weight of similarity", schema: between(0, 1) },
    { pattern: "/retrieval/hybrid/keyword_weight", title: "Weight of keywords", schema: between(0, 1) },
    {
      pattern: "/retrieval/max_context_tokens",
      title: "Room for passages in the prompt",
      schema: whole(256, 128000),
      unit: "tokens",
    },
    {
      pattern: "/retrieval/freshness_days",
      title: "Oldest document that is used",
      schema: whole(1, 3650),
      unit: "days",
    },
    {
      pattern: "/retrieval/collections",
      title: "Collections that are searched",
      schema: listOf(SLUG, { min: 1, max: 40 }),
      risk: "high",
    },
    {
      pattern: "/retrieval/filters/*",
      title: "Filter",
      description: "Only matching documents are used.",
      schema: text(200),
    },
    {
      pattern: "/retrieval/cite_sources",
      title: "Answers name their sources",
      schema: YES_OR_NO,
      strictness: "higher_is_stricter",
      maxRelaxation: 0,
      risk: "high",
    },
    {
      pattern: "/retrieval/timeout_ms",
      title: "Timeout of the search",
      schema: whole(50, 30000),
      unit: "ms",
      environmentPolicy: "may_differ",
    },
    {
      pattern: "/retrieval/cache_ttl_seconds",
      title: "How long results are kept",
      schema: whole(0, 86400),
      unit: "s",
      environmentPolicy: "may_differ",
      risk: "low",
    },
  ]),
  ...parameters({ kind: "rerank", owner: "retrieval", risk: "medium" }, [
    { pattern: "/rerank/enabled", title: "Reranking", schema: YES_OR_NO },
    { pattern: "/rerank/engine", title: "Reranking engine", schema: SLUG, tier: "build" },
    { pattern: "/rerank/top_n", title: "Passages kept", schema: whole(1, 50) },
    { pattern: "/rerank/min_score", title: "Least relevance", schema: between(0, 1) },
    { pattern: "/rerank/timeout_ms", title: "Timeout of reranking", schema: whole(20, 10000), unit: "ms" },
  ]),
];

export const retrievalConstraints: readonly Constraint[] = [
  {
    id: "chunk-fits-embedding",
    expression:
      "!has(config.retrieval) || !has(config.embedding) || !has(config.embedding.max_input_tokens) || config.retrieval.chunk_size <= config.embedding.max_input_tokens",
    message: "A passage must fit into one embedding: retrieval.chunk_size may be at most embedding.max_input_tokens",
    severity: "error",
    bundles: [],
  },
  {
    id: "overlap-below-chunk",
    expression:
      "!has(config.retrieval) || !has(config.retrieval.chunk_overlap) || config.retrieval.chunk_overlap < config.retrieval.chunk_size",
    message: "Passages may not overlap entirely: retrieval.chunk_overlap must be below retrieval.chunk_size",
    severity: "error",
    bundles: [],
  },
  {
    id: "rerank-keeps-fewer",
    expression:
      "!has(config.rerank) || !config.rerank.enabled || !has(config.rerank.top_n) || config.rerank.top_n <= config.retrieval.top_k",
    message: "Reranking can only keep what was fetched: rerank.top_n may be at most retrieval.top_k",
    severity: "error",
    bundles: [],
  },
  {
    id: "hybrid-weights-sum-to-one",
    expression:
      "!has(config.retrieval) || !has(config.retrieval.hybrid) || (double(config.retrieval.hybrid.vector_weight) + double(config.retrieval.hybrid.keyword_weight) > 0.999 && double(config.retrieval.hybrid.vector_weight) + double(config.retrieval.hybrid.keyword_weight) < 1.001)",
    message: "retrieval.hybrid.vector_weight and keyword_weight must add up to 1",
    severity: "error",
    bundles: [],
  },
  {
    id: "context-holds-passages",
    expression:
      "!has(config.rerank) || !has(config.rerank.top_n) || !has(config.retrieval.max_context_tokens) || double(config.rerank.top_n) * double(config.retrieval.chunk_size) <= double(config.retrieval.max_context_tokens)",
    message:
      "The passages that are kept may not fit: rerank.top_n × retrieval.chunk_size is above retrieval.max_context_tokens, so the last ones are cut",
    severity: "warning",
    bundles: [],
  },
];

export const retrievalDependencies: readonly Dependency[] = [
  {
    from: "/embedding/model",
    to: "/retrieval/min_score",
    reason: "Similarity scores of two embedding releases are not comparable; the cut-off has to be measured again",
  },
  {
    from: "/embedding/model",
    to: "/retrieval/chunk_size",
    reason: "Passage size was chosen for the recall of this embedding release",
  },
  {
    from: "/retrieval/chunk_size",
    to: "/retrieval/top_k",
    reason: "Longer passages fill the context with fewer of them",
  },
  {
    from: "/rerank/engine",
    to: "/rerank/min_score",
    reason: "Relevance scores are on the scale of the reranking engine",
  },
];

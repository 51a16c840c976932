import {
  between,
  choice,
  HTTPS_URL,
  listOf,
  parameters,
  SLUG,
  text,
  whole,
  YES_OR_NO,
} from "#lib/bundles/templates/template.ts";
import type { Constraint, Dependency, ParameterRule } from "#lib/systems/model.ts";

/** A trained model behind an endpoint: its artefact, what goes in, how its scores become decisions. */
export const predictive: readonly ParameterRule[] = [
  ...parameters({ kind: "serving", owner: "ml", risk: "critical", tier: "build" }, [
    { pattern: "/artifact/registered_model", title: "Registered model", schema: SLUG, required: true },
    {
      pattern: "/artifact/version",
      title: "Version in the model registry",
      schema: { type: "string", pattern: "^\\d+(\\.\\d+)*$" },
      required: true,
    },
    {
      pattern: "/artifact/digest",
      title: "Digest of the artefact",
      description: "What is loaded must have this digest.",
      schema: { type: "string", pattern: "^sha256:[0-9a-f]{64}$" },
      required: true,
      locked: true,
    },
    { pattern: "/artifact/runtime", title: "Runtime", schema: choice("onnx", "triton", "torch", "sklearn", "xgboost") },
    { pattern: "/artifact/precision", title: "Numeric precision", schema: choice("fp32", "fp16", "bf16", "int8") },
  ]),
  ...parameters({ kind: "preprocessing", owner: "ml", risk: "high", tier: "build" }, [
    { pattern: "/preprocessing/feature_set", title: "Feature set", schema: SLUG, required: true },
    { pattern: "/preprocessing/feature_set_version", title: "Version of the feature set", schema: whole(1, 10000) },
    {
      pattern: "/preprocessing/missing_values",
      title: "Missing values",
      schema: choice("median", "zero", "indicator", "refuse"),
    },
    {
      pattern: "/preprocessing/clip_quantile",
      title: "Quantile at which outliers are clipped",
      schema: between(0.9, 1),
    },
    {
      pattern: "/preprocessing/max_feature_age_hours",
      title: "Oldest feature that is used",
      schema: whole(1, 720),
      unit: "h",
      tier: "runtime",
    },
    {
      pattern: "/preprocessing/dropped_features",
      title: "Features that may not be used",
      description: "Kept out because they stand for protected attributes.",
      schema: listOf(SLUG, { max: 60 }),
      owner: "safety",
      locked: true,
    },
  ]),
  ...parameters({ kind: "hyperparameter", owner: "ml", risk: "medium", tier: "build" }, [
    {
      pattern: "/hyperparameters/learning_rate",
      title: "Learning rate",
      schema: { type: "number", exclusiveMinimum: 0, maximum: 1 },
    },
    { pattern: "/hyperparameters/max_depth", title: "Depth of a tree", schema: whole(1, 64) },
    { pattern: "/hyperparameters/n_estimators", title: "Trees", schema: whole(1, 20000) },
    { pattern: "/hyperparameters/subsample", title: "Share of rows for a tree", schema: between(0.05, 1) },
    { pattern: "/hyperparameters/regularisation", title: "Regularisation", schema: between(0, 1000) },
    { pattern: "/hyperparameters/training_seed", title: "Seed of the training", schema: whole(0, 2147483647) },
  ]),
  ...parameters({ kind: "guardrail", owner: "safety", risk: "critical" }, [
    {
      pattern: "/decision/approve_above",
      title: "Score that decides without a person",
      description: "Higher leaves more cases to people.",
      schema: between(0.5, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.03,
      required: true,
    },
    {
      pattern: "/decision/review_below",
      title: "Score that always goes to a person",
      description: "Higher sends more cases to people.",
      schema: between(0, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.05,
    },
    {
      pattern: "/decision/max_automatic_amount",
      title: "Greatest amount decided without a person",
      schema: between(0, 1000000),
      unit: "EUR",
      strictness: "lower_is_stricter",
      maxRelaxation: 500,
      locked: true,
    },
    {
      pattern: "/monitoring/max_population_shift",
      title: "Population shift that alerts",
      description: "Population stability index over a day.",
      schema: between(0.01, 1),
      strictness: "lower_is_stricter",
      maxRelaxation: 0.05,
    },
    {
      pattern: "/monitoring/max_group_gap",
      title: "Greatest gap between groups",
      description: "Difference in approval rates that stops automatic decisions.",
      schema: between(0, 0.5),
      strictness: "lower_is_stricter",
      maxRelaxation: 0,
      locked: true,
    },
    {
      pattern: "/monitoring/labelled_sample_rate",
      title: "Share that people label",
      schema: between(0, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.02,
    },
  ]),
  ...parameters({ kind: "serving", owner: "platform", environmentPolicy: "may_differ" }, [
    { pattern: "/endpoint/url", title: "Endpoint", schema: HTTPS_URL },
    { pattern: "/endpoint/batch_size", title: "Rows in one batch", schema: whole(1, 4096) },
    { pattern: "/endpoint/max_latency_ms", title: "Longest wait for a batch", schema: whole(1, 10000), unit: "ms" },
    {
      pattern: "/endpoint/canary_traffic_percent",
      title: "Traffic of the canary",
      schema: whole(0, 100),
      unit: "%",
      risk: "high",
    },
    {
      pattern: "/endpoint/explanations",
      title: "Reasons are returned with a score",
      schema: YES_OR_NO,
      environmentPolicy: "same",
      risk: "high",
    },
    {
      pattern: "/endpoint/fallback_rule",
      title: "What decides when the model does not answer",
      schema: text(200),
      environmentPolicy: "same",
      kind: "fallback",
      risk: "high",
    },
  ]),
];

export const predictiveConstraints: readonly Constraint[] = [
  {
    id: "decision-band",
    expression:
      "!has(config.decision) || !has(config.decision.review_below) || config.decision.review_below < config.decision.approve_above",
    message:
      "Cases between the two scores go to a second model or person: decision.review_below must be below decision.approve_above",
    severity: "error",
    bundles: [],
  },
  {
    id: "eight-bits-need-a-fitting-runtime",
    expression:
      "!has(config.artifact) || !has(config.artifact.precision) || config.artifact.precision != 'int8' || config.artifact.runtime in ['onnx', 'triton']",
    message: "artifact.precision int8 needs the runtime onnx or triton",
    severity: "error",
    bundles: [],
  },
];

export const predictiveDependencies: readonly Dependency[] = [
  {
    from: "/artifact/version",
    to: "/decision/*",
    reason: "Decision thresholds were calibrated on the scores of this model version",
  },
  {
    from: "/artifact/version",
    to: "/monitoring/max_group_gap",
    reason: "Gaps between groups have to be measured for every model version",
  },
  {
    from: "/preprocessing/feature_set_version",
    to: "/artifact/version",
    reason: "A model is trained for one version of its features",
  },
  { from: "/hyperparameters/*", to: "/artifact/version", reason: "Other hyperparameters make another model" },
];

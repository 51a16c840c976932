import { flags, serving } from "#lib/bundles/templates/parts/operations.ts";
import { generationConstraints, policies } from "#lib/bundles/templates/parts/policies.ts";
import { predictive, predictiveConstraints, predictiveDependencies } from "#lib/bundles/templates/parts/predictive.ts";
import { DEFAULT_ENVIRONMENTS, type Template } from "#lib/bundles/templates/template.ts";

const BASE = `# Which trained model is served, what goes in, and how its scores become decisions.

artifact:
  registered_model: payment-risk
  version: "1"
  # What is loaded must have this digest; replace it with the one that your registry shows.
  digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
  runtime: onnx
  precision: fp32

preprocessing:
  feature_set: payment-features
  feature_set_version: 1
  missing_values: indicator
  clip_quantile: 0.995
  max_feature_age_hours: 24
  dropped_features: [postcode, first-name, nationality] # stand for protected attributes

hyperparameters: # as it was trained; a change here means a new artefact
  learning_rate: 0.05
  max_depth: 6
  n_estimators: 400
  subsample: 0.8
  training_seed: 20260301

decision:
  approve_above: 0.92
  review_below: 0.6
  max_automatic_amount: 1000

monitoring:
  max_population_shift: 0.2
  max_group_gap: 0.05
  labelled_sample_rate: 0.05

endpoint:
  batch_size: 32
  max_latency_ms: 20
  canary_traffic_percent: 0
  explanations: true
  fallback_rule: Send every case to a person

serving:
  min_replicas: 2
  max_replicas: 8
  target_concurrency: 20
  warm_up: true
`;

const DEVELOPMENT = `serving:
  min_replicas: 1
  max_replicas: 1
`;

/** A trained model that scores or classifies behind an endpoint. */
export const mlModelServing: Template = {
  name: "ml-model-serving",
  title: "Model serving",
  description:
    "A trained model behind an endpoint: artefact, features, hyperparameters, decision thresholds, monitoring and scaling.",
  environments: DEFAULT_ENVIRONMENTS,
  bundles: [
    {
      slug: "model",
      name: "Model",
      description: "The artefact, what goes in, and how its scores become decisions.",
      source: { base: BASE, overlays: { development: DEVELOPMENT, staging: "", production: "" } },
    },
  ],
  rules: {
    parameters: [...predictive, ...flags, ...serving],
    constraints: [...predictiveConstraints, ...generationConstraints.filter((one) => one.id === "replicas-in-order")],
    dependencies: predictiveDependencies,
    policies: policies({ soakMinutes: 48 * 60, productionApprovals: 2, rulesApprovals: 2 }),
  },
};

import { model, prompts, sampling } from "#lib/bundles/templates/parts/generation.ts";
import { guardrails } from "#lib/bundles/templates/parts/guardrails.ts";
import { flags, limits, serving } from "#lib/bundles/templates/parts/operations.ts";
import { generationConstraints, generationDependencies, policies } from "#lib/bundles/templates/parts/policies.ts";
import { resilience } from "#lib/bundles/templates/parts/resilience.ts";
import { inBundle } from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import { classification, extraction, routingDesks } from "./document-triage-catalogue.ts";
import { type DemoSystem, sourceOf } from "./system.ts";

const asking: readonly ParameterRule[] = [...model, ...sampling, ...prompts, ...resilience, ...limits];

export const documentTriage: DemoSystem = {
  slug: "document-triage",
  name: "Document triage",
  description:
    "Reads what people send with a claim, says what it is, and brings it to the right desk: extraction, classification and routing, promoted together or one by one.",
  owningTeam: "Claims automation",
  riskTier: "high",
  template: "empty",
  rulesReason: "Catalogue of the three stages; payment limits agreed with claims finance",
  rules: {
    parameters: [
      ...inBundle("extraction", [...asking, ...extraction]),
      ...inBundle("classification", [...asking, ...classification]),
      ...inBundle("routing", routingDesks),
      ...guardrails,
      ...flags,
      ...serving,
    ],
    constraints: [
      ...generationConstraints.map((one) => ({ ...one, bundles: ["extraction", "classification"] })),
      {
        id: "second-opinion-is-another-model",
        expression:
          "!config.decision.second_opinion.enabled || config.decision.second_opinion.model != config.model.name",
        message:
          "A second opinion must come from another release than the first: decision.second_opinion.model repeats model.name",
        severity: "error",
        bundles: ["classification"],
      },
      {
        id: "legal-notices-are-not-missed",
        expression: "config.decision.min_confidence.legal_notice <= config.decision.min_confidence.default",
        message:
          "A legal notice must be recognised at least as readily as anything else: decision.min_confidence.legal_notice may be at most default",
        severity: "error",
        bundles: ["classification"],
      },
      {
        id: "small-payments-only-when-certain",
        expression:
          "!config.automation.pay_small_invoice.enabled || double(config.automation.pay_small_invoice.min_confidence) >= 0.95",
        message:
          "Money leaves without a person only when the fields are certain: automation.pay_small_invoice.min_confidence must be 0.95 or more",
        severity: "error",
        bundles: ["routing"],
      },
      {
        id: "payments-need-duplicate-check",
        expression:
          "!config.automation.pay_small_invoice.enabled || (config.guardrails.decisions.duplicate_payment.enabled && config.guardrails.decisions.changed_bank_details.enabled)",
        message: "automation.pay_small_invoice needs the guardrails duplicate_payment and changed_bank_details",
        severity: "error",
        bundles: ["routing"],
      },
      {
        id: "payment-confidence-above-extraction",
        expression:
          "!has(bundles.extraction) || !has(bundles.extraction.guardrails) || config.automation.pay_small_invoice.min_confidence >= bundles.extraction.guardrails.output.field_confidence.min_score",
        message:
          "Paying asks for less certainty than reading does: automation.pay_small_invoice.min_confidence is below extraction's field_confidence.min_score",
        severity: "error",
        bundles: ["routing"],
      },
      {
        id: "quality-sample-grows-after-change",
        expression: "config.sampling_for_quality.share_after_change >= config.sampling_for_quality.share",
        message:
          "People should read more after a change, not less: sampling_for_quality.share_after_change is below share",
        severity: "warning",
        bundles: ["routing"],
      },
    ],
    dependencies: [
      ...generationDependencies,
      {
        from: "/preprocessing/recogniser",
        to: "/guardrails/output/field_confidence/min_score",
        reason: "Confidence of a field includes the recogniser's own, on its own scale",
      },
      {
        from: "/prompts/classify",
        to: "/decision/min_confidence/*",
        reason: "The prompt says what a confidence means; cut-offs were measured with it",
      },
      {
        from: "/guardrails/output/field_confidence/min_score",
        to: "/automation/pay_small_invoice/min_confidence",
        reason: "What counts as certain enough to read decides what is certain enough to pay",
      },
      {
        from: "/automation/pay_small_invoice/min_confidence",
        to: "/guardrails/output/field_confidence/min_score",
        reason: "A payment that goes wrong is looked for in what was read",
      },
    ],
    policies: policies({ soakMinutes: 48 * 60, productionApprovals: 2, rulesApprovals: 2 }),
  },
  bundles: [
    {
      slug: "extraction",
      name: "Extraction",
      description: "Reads documents and returns fields with evidence and confidence.",
      source: sourceOf("document-triage", "extraction"),
    },
    {
      slug: "classification",
      name: "Classification",
      description: "Says what a document is, and how urgent.",
      source: sourceOf("document-triage", "classification"),
    },
    {
      slug: "routing",
      name: "Routing",
      description: "Decides the desk, the time and what may happen without a person.",
      source: sourceOf("document-triage", "routing"),
    },
  ],
};

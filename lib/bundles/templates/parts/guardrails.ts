import { between, choice, listOf, parameters, SLUG, text, whole, YES_OR_NO } from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

const PERSONAL_DATA = [
  "email_address",
  "phone_number",
  "postal_address",
  "date_of_birth",
  "bank_account",
  "payment_card",
  "national_insurance_number",
  "passport_number",
  "driving_licence",
  "health_condition",
] as const;

/**
 * What may not come in, and what may not go out. A classifier's score of `threshold` or more triggers, so a lower
 * threshold is stricter; a quality score below `min_score` triggers, so a higher one is.
 */
export const guardrails: readonly ParameterRule[] = parameters(
  { kind: "guardrail", owner: "safety", risk: "critical" },
  [
    {
      pattern: "/guardrails/*/*/enabled",
      title: "Guardrail switched on",
      description: "Off means that nothing of this kind is caught.",
      schema: YES_OR_NO,
      strictness: "higher_is_stricter",
      maxRelaxation: 0,
      locked: true,
    },
    {
      pattern: "/guardrails/*/*/threshold",
      title: "Trigger threshold",
      description: "Classifier score from which the guardrail acts. Lower catches more.",
      schema: between(0.05, 0.99),
      strictness: "lower_is_stricter",
      maxRelaxation: 0.1,
    },
    {
      pattern: "/guardrails/*/*/min_score",
      title: "Least acceptable score",
      description: "Answers that score below are not sent. Higher holds back more.",
      schema: between(0, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.08,
    },
    {
      pattern: "/guardrails/*/*/action",
      title: "What the guardrail does",
      description: "block refuses, redact removes the passage, escalate hands over to a person, flag only records.",
      schema: choice("block", "redact", "escalate", "rewrite", "flag"),
      risk: "high",
    },
    {
      pattern: "/guardrails/*/*/classifier",
      title: "Classifier",
      description: "Name and version of the classifier whose score is compared.",
      schema: SLUG,
      tier: "build",
      risk: "high",
    },
    {
      pattern: "/guardrails/*/*/entities",
      title: "Personal data looked for",
      schema: listOf(choice(...PERSONAL_DATA), { min: 1, max: PERSONAL_DATA.length }),
      risk: "high",
    },
    {
      pattern: "/guardrails/*/*/topics",
      title: "Topics",
      description: "Subjects that the guardrail recognises.",
      schema: listOf(text(80), { min: 1, max: 40 }),
      risk: "high",
    },
    {
      pattern: "/guardrails/*/*/message",
      title: "What the person reads instead",
      schema: text(600, 10),
      owner: "product",
      risk: "medium",
    },
    {
      pattern: "/guardrails/*/*/max_attempts",
      title: "Attempts before handing over",
      description: "How often the same person may trigger it in one conversation.",
      schema: whole(1, 10),
      strictness: "lower_is_stricter",
      maxRelaxation: 2,
      risk: "high",
    },
    {
      pattern: "/guardrails/*/*/sample_rate",
      title: "Share that is checked",
      description: "1 checks every message.",
      schema: between(0, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.25,
      environmentPolicy: "may_differ",
      risk: "high",
    },
  ],
);

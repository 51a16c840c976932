import {
  between,
  choice,
  listOf,
  MODEL_NAME,
  parameters,
  SLUG,
  text,
  whole,
  YES_OR_NO,
} from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";

const CLASSES = [
  "invoice",
  "estimate",
  "receipt",
  "medical_report",
  "police_report",
  "witness_statement",
  "expert_report",
  "correspondence_policyholder",
  "correspondence_third_party",
  "legal_notice",
  "identity_document",
  "bank_details",
  "photograph",
  "unusable",
] as const;
const LINES = ["home", "motor", "travel"] as const;

/** Turning pages into lines of text. */
export const extraction: readonly ParameterRule[] = parameters(
  { kind: "preprocessing", owner: "ml", risk: "medium", tier: "build" },
  [
    { pattern: "/preprocessing/recogniser", title: "Text recogniser", schema: SLUG, risk: "high" },
    {
      pattern: "/preprocessing/languages",
      title: "Languages that are recognised",
      schema: listOf({ type: "string", pattern: "^[a-z]{2}$" }, { min: 1, max: 20 }),
    },
    { pattern: "/preprocessing/dpi", title: "Resolution", schema: { enum: [150, 200, 300, 400, 600] }, unit: "dpi" },
    { pattern: "/preprocessing/deskew", title: "Pages are straightened", schema: YES_OR_NO },
    { pattern: "/preprocessing/denoise", title: "Noise removal", schema: choice("off", "light", "strong") },
    { pattern: "/preprocessing/max_pages", title: "Most pages", schema: whole(1, 400), tier: "runtime" },
    {
      pattern: "/preprocessing/accepted_types",
      title: "File types that are read",
      schema: listOf(text(80), { min: 1, max: 20 }),
      tier: "runtime",
    },
    {
      pattern: "/preprocessing/min_line_confidence",
      title: "Least confidence of a line",
      description: "Lines below are passed on as unreadable.",
      schema: between(0, 1),
      tier: "runtime",
    },
    {
      pattern: "/preprocessing/page_image_fallback",
      title: "Unreadable pages are sent as images",
      schema: YES_OR_NO,
      tier: "runtime",
    },
  ],
);

/** When a class is believed. */
export const classification: readonly ParameterRule[] = [
  ...parameters(
    { kind: "guardrail", owner: "safety", risk: "high", strictness: "higher_is_stricter", maxRelaxation: 0.1 },
    [
      {
        pattern: "/decision/min_confidence/*",
        title: "Least confidence to believe a class",
        description: "Below, a person looks. Higher sends more documents to people.",
        schema: between(0.3, 1),
      },
      { pattern: "/decision/unusable_needs_person", title: "A person confirms what is unusable", schema: YES_OR_NO },
      { pattern: "/decision/second_opinion/enabled", title: "Second opinion", schema: YES_OR_NO },
      {
        pattern: "/decision/second_opinion/below",
        title: "Confidence below which a second opinion is asked",
        schema: between(0, 1),
      },
      { pattern: "/decision/second_opinion/agreement_required", title: "Both have to agree", schema: YES_OR_NO },
    ],
  ),
  ...parameters({ kind: "model", owner: "ml", risk: "high" }, [
    { pattern: "/decision/second_opinion/model", title: "Release of the second opinion", schema: MODEL_NAME },
  ]),
];

/** Desks, priorities, and what happens without a person. */
export const routingDesks: readonly ParameterRule[] = [
  ...parameters({ kind: "routing", owner: "product", risk: "medium" }, [
    { pattern: "/desks/*/queue", title: "Queue of a desk", schema: SLUG },
    {
      pattern: "/desks/*/classes",
      title: "Classes that a desk gets",
      schema: listOf(choice(...CLASSES), { min: 1, max: CLASSES.length }),
      risk: "high",
    },
    {
      pattern: "/desks/*/respond_within_hours",
      title: "Time to respond",
      schema: whole(1, 240),
      unit: "h",
      strictness: "lower_is_stricter",
      maxRelaxation: 24,
    },
    { pattern: "/desks/*/skills", title: "Skills that a desk needs", schema: listOf(SLUG, { max: 10 }) },
    {
      pattern: "/priority/distress_hours",
      title: "Time to respond to distress",
      schema: whole(1, 24),
      unit: "h",
      risk: "high",
    },
    { pattern: "/priority/deadline_days", title: "Deadlines that count as near", schema: whole(1, 60), unit: "days" },
    {
      pattern: "/priority/vulnerable_customer_boost",
      title: "Vulnerable people come first",
      schema: YES_OR_NO,
      owner: "safety",
      risk: "high",
    },
    {
      pattern: "/priority/repeat_contact_boost_after",
      title: "Contacts after which a case comes first",
      schema: whole(1, 10),
    },
  ]),
  ...parameters({ kind: "guardrail", owner: "safety", risk: "critical", environmentPolicy: "may_differ" }, [
    {
      pattern: "/automation/*/enabled",
      title: "Happens without a person",
      schema: YES_OR_NO,
      strictness: "lower_is_stricter",
    },
    {
      pattern: "/automation/*/min_match_score",
      title: "Least match with a claim",
      schema: between(0.5, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.05,
      environmentPolicy: "same",
    },
    {
      pattern: "/automation/*/min_confidence",
      title: "Least confidence to act",
      schema: between(0.5, 1),
      strictness: "higher_is_stricter",
      maxRelaxation: 0.02,
      environmentPolicy: "same",
    },
    {
      pattern: "/automation/*/max_amount",
      title: "Greatest amount paid without a person",
      schema: between(0, 500),
      unit: "EUR",
      strictness: "lower_is_stricter",
      maxRelaxation: 100,
      environmentPolicy: "same",
      locked: true,
    },
    {
      pattern: "/automation/*/excluded_lines",
      title: "Lines of business that are left out",
      schema: listOf(choice(...LINES), { max: 3 }),
      environmentPolicy: "same",
    },
    {
      pattern: "/automation/*/quiet_hours",
      title: "When nothing is sent",
      schema: { type: "string", pattern: "^\\d{2}:\\d{2}-\\d{2}:\\d{2}$" },
      environmentPolicy: "same",
      risk: "low",
    },
  ]),
  ...parameters(
    { kind: "limit", owner: "product", strictness: "higher_is_stricter", maxRelaxation: 0.02, risk: "medium" },
    [
      { pattern: "/sampling_for_quality/share", title: "Share that people read again", schema: between(0, 1) },
      { pattern: "/sampling_for_quality/share_after_change", title: "Share after a change", schema: between(0, 1) },
      {
        pattern: "/sampling_for_quality/days_after_change",
        title: "Days that count as after a change",
        schema: whole(1, 60),
        unit: "days",
        maxRelaxation: 5,
      },
      {
        pattern: "/sampling_for_quality/reviewers_per_document",
        title: "People who read the same document",
        schema: whole(1, 5),
        maxRelaxation: 0,
      },
    ],
  ),
];

import { AMARA, GRACE, INES, MARTA, YUKI } from "../people.ts";
import { approve, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "document-triage";

/** The rules are governed as well: a parameter is described before anybody sets it. */
const handwritingRule: readonly Step[] = [
  {
    at: "22 13:20",
    by: YUKI,
    do: "proposeRules",
    request: "describe-handwriting",
    system,
    title: "Describe the reading of handwriting",
    reason: "Recogniser 5.4 can read handwriting and asks for two settings that the catalogue does not know yet.",
    change: (rules) => ({
      ...rules,
      parameters: [
        ...rules.parameters,
        {
          pattern: "/preprocessing/handwriting/enabled",
          bundle: "extraction",
          title: "Handwriting is read",
          kind: "preprocessing",
          tier: "build",
          environmentPolicy: "may_differ",
          strictness: "none",
          risk: "medium",
          owner: "ml",
          locked: false,
          required: false,
          schema: { type: "boolean" },
        },
        {
          pattern: "/preprocessing/handwriting/min_confidence",
          bundle: "extraction",
          title: "Least confidence of handwriting",
          description: "Handwritten lines below are passed on as unreadable.",
          kind: "guardrail",
          tier: "runtime",
          environmentPolicy: "same",
          strictness: "higher_is_stricter",
          maxRelaxation: 0.05,
          risk: "high",
          owner: "safety",
          locked: false,
          required: false,
          schema: { type: "number", minimum: 0.5, maximum: 1 },
        },
      ],
    }),
  },
  ...approve("describe-handwriting", [
    [
      MARTA,
      "22 15:30",
      "Right that the confidence is a guardrail: an account number in handwriting is what worries me.",
    ],
    [INES, "23 09:30", "For the platform: patterns do not overlap with others."],
  ]),
  { at: "23 09:50", by: YUKI, do: "apply", request: "describe-handwriting" },
];

const recogniser = release({
  key: "recogniser-upgrade",
  system,
  by: YUKI,
  title: "Recogniser 5.4 with handwriting",
  reason:
    "Reads 94 % of printed lines that 5.3 marked unreadable, and handwritten accident reports for the first time.",
  edits: {
    extraction: [
      { find: "  recogniser: ocr-engine-5.3\n", put: "  recogniser: ocr-engine-5.4\n" },
      {
        find: "  min_line_confidence: 0.45 # lines below",
        put: "  handwriting:\n    enabled: true\n    min_confidence: 0.7 # never for account numbers: the prompt forbids it\n  min_line_confidence: 0.45 # lines below",
      },
    ],
  },
  drafted: "23 10:20",
  proposed: "23 13:00",
  approvals: [
    [MARTA, "23 15:10", "0.7 is where the pilot had no wrong amount. Approved."],
    [GRACE, "23 15:40", "Needs new workers; staging first, with time."],
  ],
  applied: "23 16:00",
  development: { proposed: "24 09:20", reason: "Workers of build 311.", applied: "24 09:30" },
  staging: {
    proposed: "24 11:00",
    reason: "Workers of build 311 are out in staging.",
    evaluated: "Field confidence was calibrated again on 2,000 documents with 5.4; 0.88 stays.",
    approvals: [[GRACE, "24 11:30", "Workers are built."]],
    applied: "24 11:45",
    seen: { at: "24 13:20", evidence: "Staging workers log this digest and build 311" },
  },
  production: {
    proposed: "28 09:30",
    reason: "Four days of samples: no wrong amount, no wrong account, 18 % fewer documents go to people.",
    evaluated: "Calibrated on 2,000 documents with 5.4, and four days of samples.",
    approvals: [
      [MARTA, "28 10:20", "Samples read, the handwritten ones one by one."],
      [GRACE, "28 10:50", "Fine."],
    ],
    applied: "28 11:20",
    seen: { at: "28 13:00", evidence: "All extraction workers log this digest and build 311" },
  },
});

const storm = release({
  key: "storm-times",
  system,
  by: YUKI,
  title: "Longer times for assessment while storm claims come in",
  reason:
    "9,000 claims in four days. The assessment desk cannot answer in 48 hours; a promise that is broken is worse than a longer one. To be taken back when the backlog is gone.",
  incident: "INC-2304",
  edits: {
    routing: [
      {
        find: "    classes: [estimate, expert_report, photograph]\n    respond_within_hours: 48\n",
        put: "    classes: [estimate, expert_report, photograph]\n    respond_within_hours: 96 # storm backlog, INC-2304; back to 48 when it is gone\n",
      },
    ],
  },
  drafted: "29 13:10",
  proposed: "29 13:30",
  approvals: [[AMARA, "29 14:00", "The head of claims asked for it this morning. Legal and medical stay as they are."]],
  applied: "29 14:10",
  development: { proposed: "29 14:15", reason: "Routing only.", applied: "29 14:20" },
  staging: {
    proposed: "29 14:30",
    reason: "Routing only.",
    approvals: [[GRACE, "29 14:50", "One number."]],
    applied: "29 15:00",
  },
  production: {
    proposed: "30 09:30",
    reason: "Letters with the old promise go out every hour.",
    approvals: [
      [AMARA, "30 09:45", "Agreed with the head of claims."],
      [GRACE, "30 10:00", "One number, does not touch who gets what."],
    ],
    override: {
      at: "30 11:05",
      by: INES,
      gates: ["soak", "ratchet"],
      reason:
        "INC-2304: every hour 200 letters promise 48 hours that nobody can keep. One number that staging has exercised since yesterday; more than the catalogue allows, and it ends with the backlog.",
    },
    applied: "30 11:20",
    seen: { at: "30 11:50", evidence: "Routing workers log this digest; the next batch of letters says four days" },
  },
});

const stormOver = release({
  key: "storm-over",
  system,
  by: YUKI,
  title: "Back to 48 hours for assessment",
  reason:
    "The storm backlog is gone since yesterday. Also reads more documents again after a change, because the last weeks had many.",
  edits: {
    routing: [
      {
        find: "    respond_within_hours: 96 # storm backlog, INC-2304; back to 48 when it is gone\n",
        put: "    respond_within_hours: 48\n",
      },
      { find: "  share_after_change: 0.2\n", put: "  share_after_change: 0.25\n" },
    ],
  },
  drafted: "36 09:30",
  proposed: "36 09:50",
  approvals: [[AMARA, "36 11:00", "Backlog confirmed at zero this morning."]],
  meanwhile: [
    {
      at: "36 10:30",
      by: AMARA,
      do: "remark",
      request: "storm-over",
      remark: onParameter(
        "sample-size",
        ["routing", "/sampling_for_quality/share_after_change"],
        "A quarter for ten days is about 300 documents. The desk can do that until Christmas, not longer.",
      ),
    },
    { at: "36 10:55", by: AMARA, do: "resolve", request: "storm-over", thread: "sample-size" },
  ],
  applied: "36 11:20",
  development: { proposed: "36 11:30", reason: "Routing only.", applied: "36 11:35" },
  staging: {
    proposed: "36 13:00",
    reason: "Routing only.",
    approvals: [[GRACE, "36 13:30", "Fine."]],
    applied: "36 13:40",
  },
  production: {
    proposed: "39 09:30",
    reason: "Two days in staging, as usual again.",
    approvals: [
      [AMARA, "39 10:00", "Good."],
      [GRACE, "39 10:15", "Good."],
    ],
    applied: "39 13:50",
    seen: { at: "39 14:20", evidence: "Routing workers log this digest" },
  },
});

export const documentTriageStorm: readonly Step[] = [...handwritingRule, ...recogniser, ...storm, ...stormOver];

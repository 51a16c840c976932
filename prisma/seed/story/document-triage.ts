import { AMARA, DANIEL, GRACE, INES, MARTA, YUKI } from "../people.ts";
import { sourceOf } from "../systems/system.ts";
import { approve, onLine, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "document-triage";

const first = release({
  key: "first-triage",
  system,
  by: YUKI,
  title: "Bring the three stages of document triage under review",
  reason:
    "Extraction, classification and routing as they run today. They were changed separately until now, twice without the other stages knowing.",
  edits: { extraction: [], classification: [], routing: [] },
  sources: {
    extraction: sourceOf(system, "extraction"),
    classification: sourceOf(system, "classification"),
    routing: sourceOf(system, "routing"),
  },
  drafted: "4 10:00",
  proposed: "4 13:20",
  approvals: [
    [GRACE, "4 15:10", "Extraction and classification match the deployment."],
    [
      MARTA,
      "4 15:45",
      "Automation is as conduct risk allowed in spring: payments up to 150 euro, nothing rejected by itself.",
    ],
    [AMARA, "4 16:10", "Desks and times are those of the service agreement."],
  ],
  applied: "4 16:30",
  development: {
    proposed: "5 09:15",
    reason: "All three together.",
    approvals: [[GRACE, "5 09:30", "Fine."]],
    applied: "5 09:40",
    seen: { at: "5 10:10", evidence: "Development workers log the three digests" },
  },
  staging: {
    proposed: "5 13:00",
    reason: "A sample of closed claims, as every day.",
    approvals: [
      [GRACE, "5 13:40", "Fine."],
      [AMARA, "5 14:00", "Staging does not pay and does not write to anybody; good."],
    ],
    applied: "5 14:20",
    seen: { at: "5 14:50", evidence: "Staging workers log the three digests" },
  },
  production: {
    proposed: "9 09:40",
    reason: "Two days of samples without a difference to the old deployment.",
    approvals: [
      [GRACE, "9 10:10", "Compared 1,900 documents: same fields, same classes, same desks."],
      [MARTA, "9 10:40", "No guardrail differs from what runs."],
      [AMARA, "9 11:00", "Claims finance knows."],
    ],
    applied: "9 11:20",
    seen: { at: "9 12:05", evidence: "All workers of the three stages log these digests" },
  },
});

const proForma = release({
  key: "pro-forma",
  system,
  by: YUKI,
  title: "Tell pro-forma invoices from invoices",
  reason:
    "In October 31 pro-forma invoices were paid as invoices before any work had begun. Each was small, each was a complaint.",
  edits: {
    classification: [
      {
        find: '    - A reminder of an unpaid invoice is an invoice. A quotation with the word "invoice" in a footer is an estimate.\n',
        put: '    - A reminder of an unpaid invoice is an invoice. A quotation with the word "invoice" in a footer is an estimate.\n    - A pro-forma, a request for a deposit, or "work to begin upon receipt" is an estimate, whatever its heading says.\n',
      },
      { find: "    below: 0.9\n", put: "    below: 0.92\n" },
    ],
  },
  drafted: "10 10:20",
  proposed: "10 11:00",
  approvals: [[MARTA, "10 15:00", "Asks for a second opinion more often, so stricter. The rule is clear."]],
  meanwhile: [
    {
      at: "10 14:30",
      by: AMARA,
      do: "remark",
      request: "pro-forma",
      remark: onLine(
        "deposits",
        { bundle: "classification", find: "A pro-forma, a request for a deposit" },
        "Roofers in Cork ask for a deposit on every job, and we do pay those when the assessor agreed. Where do they go now?",
      ),
    },
    {
      at: "10 14:45",
      by: YUKI,
      do: "reply",
      request: "pro-forma",
      thread: "deposits",
      body: "To assessment, as estimates, where the assessor sees them the same day. Before, they went to payments and nobody saw them.",
    },
    { at: "10 14:55", by: AMARA, do: "resolve", request: "pro-forma", thread: "deposits" },
  ],
  applied: "10 15:20",
  development: { proposed: "11 09:20", reason: "Test set with 40 pro-forma invoices.", applied: "11 09:25" },
  staging: {
    proposed: "11 11:00",
    reason: "Daily sample.",
    evaluated: "Confidence was measured again with the new prompt on 1,400 documents; cut-offs stay.",
    approvals: [[GRACE, "11 11:30", "38 of 40 right, none of the others moved."]],
    applied: "11 11:45",
  },
  production: {
    proposed: "14 10:00",
    reason: "Three days of samples: 12 pro-forma invoices, all recognised.",
    evaluated: "Measured on 1,400 documents and three days of samples.",
    approvals: [
      [MARTA, "14 10:30", "Fine."],
      [GRACE, "14 10:50", "Fine."],
    ],
    applied: "14 11:10",
    seen: { at: "14 11:40", evidence: "Classification workers log this digest" },
  },
});

const certainty = release({
  key: "more-certain-payments",
  system,
  by: YUKI,
  title: "Ask for more certainty before money leaves",
  reason:
    "Two payments of the spring went to a wrong account because a digit was read at 0.86. What is read for a payment now has to be surer, in both stages at once: one without the other would stop every payment.",
  edits: {
    extraction: [
      {
        find: "      min_score: 0.85 # fields below go to a person\n",
        put: "      min_score: 0.88 # fields below go to a person\n",
      },
    ],
    routing: [{ find: "    min_confidence: 0.97\n", put: "    min_confidence: 0.98\n" }],
  },
  drafted: "16 09:30",
  proposed: "16 10:00",
  approvals: [
    [DANIEL, "16 13:40", "Tightens both. About 30 more documents a day go to people; claims finance accepts that."],
    [GRACE, "16 14:20", "Together is right."],
  ],
  applied: "16 14:40",
  development: { proposed: "17 09:10", reason: "Both stages together.", applied: "17 09:20" },
  staging: {
    proposed: "17 10:30",
    reason: "Both stages together.",
    evaluated: "Share of documents that go to people was measured on 1,900 closed claims: 11.4 % instead of 9.8 %.",
    approvals: [[GRACE, "17 11:00", "As reviewed."]],
    applied: "17 11:15",
  },
  production: {
    proposed: "21 09:40",
    reason: "Three days of samples; the additional work is what was expected.",
    evaluated: "Measured on 1,900 closed claims and three days of samples.",
    approvals: [
      [DANIEL, "21 10:10", "As reviewed."],
      [AMARA, "21 10:40", "Claims finance has two more people on the desk this week."],
    ],
    applied: "21 11:00",
    seen: { at: "21 11:35", evidence: "Extraction and routing workers log these digests" },
  },
});

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
      gate: "soak",
      reason:
        "INC-2304: every hour 200 letters promise 48 hours that nobody can keep. One number that staging has exercised since yesterday.",
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

export const documentTriageBeginnings: readonly Step[] = [...first, ...proForma, ...certainty];
export const documentTriageStorm: readonly Step[] = [...handwritingRule, ...recogniser, ...storm, ...stormOver];

import { AMARA, DANIEL, GRACE, MARTA, YUKI } from "../people.ts";
import { sourceOf } from "../systems/system.ts";
import { onLine, release } from "./release.ts";
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

export const documentTriageFirst: readonly Step[] = [...first, ...proForma, ...certainty];

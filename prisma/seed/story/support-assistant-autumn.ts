import { AMARA, DANIEL, GRACE, INES, MARTA, RAVI, TOM } from "../people.ts";
import { approve, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "support-assistant";

const tuning = release({
  key: "retrieval-tuning",
  system,
  by: TOM,
  title: "Fetch more passages and overlap them a little more",
  reason:
    "Exclusions often stand at the end of a clause and were cut off. With an overlap of 96 and 32 candidates, recall of exclusions rises from 0.81 to 0.90 on the labelled set; search takes 40 ms longer.",
  edits: {
    assistant: [
      { find: "  chunk_overlap: 64", put: "  chunk_overlap: 96 # exclusions stand at the end of a clause" },
      { find: "  top_k: 24", put: "  top_k: 32" },
      { find: "  max_context_tokens: 5200", put: "  max_context_tokens: 5600" },
    ],
  },
  drafted: "10 13:20",
  proposed: "10 15:05",
  approvals: [
    [
      RAVI,
      "10 16:30",
      "Agrees with my numbers. The index has to be built again for the overlap, so plan it before staging.",
    ],
  ],
  meanwhile: [
    {
      at: "10 16:10",
      by: RAVI,
      do: "remark",
      request: "retrieval-tuning",
      remark: onParameter(
        "why-not-forty",
        ["assistant", "/retrieval/top_k"],
        "Did you try 40? Reranking keeps eight anyway.",
      ),
    },
    {
      at: "10 16:20",
      by: TOM,
      do: "reply",
      request: "retrieval-tuning",
      thread: "why-not-forty",
      body: "Yes: 0.905 instead of 0.90, and reranking then runs into its 350 ms on one chat in fifty. Not worth it.",
    },
    { at: "10 16:25", by: RAVI, do: "resolve", request: "retrieval-tuning", thread: "why-not-forty" },
  ],
  applied: "10 16:40",
  development: { proposed: "10 16:45", reason: "Small index, built in a minute.", applied: "10 16:50" },
  staging: {
    proposed: "11 14:00",
    reason: "policy-wordings-next was built again with the new overlap this morning.",
    evaluated: "Least similarity and groundedness were measured on the labelled set with the new passages: both stay.",
    approvals: [[RAVI, "11 14:25", "Index checked: 41,208 passages, none longer than 512 tokens."]],
    applied: "11 14:40",
    seen: { at: "11 15:05", evidence: "Both staging pods report this digest; search p95 is 612 ms" },
  },
  production: {
    proposed: "13 10:00",
    reason:
      "Two nights of replay: fewer answers without a source (3.1 % instead of 4.4 %), search p95 640 ms of 700 ms allowed.",
    evaluated: "Measured on the labelled set before staging, and again on the replay; groundedness rose by 0.01.",
    approvals: [
      [RAVI, "13 10:25", "Production index is built and swapped in with the deployment."],
      [GRACE, "13 10:40", "Latency is close to the limit; watch it this week."],
    ],
    applied: "13 11:10",
    seen: { at: "13 12:00", evidence: "All six pods report this digest and build 2141, which reads the new index" },
  },
});

const retention = release({
  key: "shorter-retention",
  system,
  by: INES,
  title: "Keep recorded chats for 60 days instead of 90",
  reason: "The data protection officer asked why 90; complaints need six weeks at most. Nothing else changes.",
  edits: { assistant: [{ find: "  retention_days: 90", put: "  retention_days: 60" }] },
  drafted: "12 10:10",
  proposed: "12 10:20",
  approvals: [
    [DANIEL, "12 11:00", "Checked with complaints handling: oldest chat asked for this year was 44 days old."],
    [GRACE, "12 11:30", "No evaluation reads chats older than 30 days."],
  ],
  applied: "12 11:45",
  development: {
    proposed: "12 12:00",
    reason: "Same everywhere.",
    approvals: [[GRACE, "12 12:10", "Fine."]],
    applied: "12 12:20",
  },
  staging: {
    proposed: "13 13:00",
    reason: "Follows the retrieval change, which is in production since this morning.",
    approvals: [
      [DANIEL, "13 13:20", "As reviewed."],
      [GRACE, "13 13:40", "As reviewed."],
    ],
    applied: "13 14:00",
  },
  production: {
    proposed: "14 14:10",
    reason: "The deletion job was told of the new limit and was tried in staging.",
    approvals: [
      [DANIEL, "14 14:30", "As reviewed."],
      [GRACE, "14 14:40", "As reviewed; deletion job checked in staging."],
      [AMARA, "14 14:50", "Complaints team knows."],
    ],
    applied: "14 15:10",
    seen: { at: "14 15:25", evidence: "All six pods report this digest" },
  },
});

/** A guardrail is relaxed, after the first proposal was sent back: the approvals of the first text no longer count. */
const injection: readonly Step[] = [
  ...release({
    key: "fewer-false-refusals",
    system,
    by: TOM,
    title: "Refuse fewer harmless messages as injection",
    reason:
      'The screen refuses about 70 harmless messages a day, most of them quoted letters from landlords ("you must disregard the previous notice"). Of 300 such chats, 0.78 would let all through.',
    edits: { assistant: [injectionThreshold("0.7", "0.78")] },
    drafted: "15 10:30",
    proposed: "15 11:00",
    approvals: [[GRACE, "15 13:10", "Numbers are right for the 300 chats. Safety decides whether they are enough."]],
    meanwhile: [
      {
        at: "16 09:45",
        by: MARTA,
        do: "review",
        request: "fewer-false-refusals",
        verdict: "request_changes",
        summary:
          "Too far on too little. 300 harmless chats say nothing about what else gets through at 0.78; the red-team set does. Please measure on it and come back with the lowest value that solves the landlord letters.",
        remarks: [
          onParameter(
            "red-team-set",
            ["assistant", "/guardrails/input/prompt_injection/threshold"],
            "At 0.78 eleven of 420 attacks of the September set pass. At 0.70 it was two.",
          ),
        ],
      },
      {
        at: "17 11:20",
        by: TOM,
        do: "reply",
        request: "fewer-false-refusals",
        thread: "red-team-set",
        body: "You are right. At 0.74 it is still two of 420, and 58 of the 70 letters a day get through to an answer. Proposing 0.74.",
      },
      {
        at: "17 11:35",
        by: TOM,
        do: "revise",
        request: "fewer-false-refusals",
        draft: "fewer-false-refusals/assistant",
        edits: [
          injectionThreshold("0.78", "0.74 # two of 420 attacks pass, as at 0.70; see the red-team set of September"),
        ],
      },
      { at: "17 14:00", by: MARTA, do: "resolve", request: "fewer-false-refusals", thread: "red-team-set" },
      ...approve("fewer-false-refusals", [
        [
          MARTA,
          "17 14:05",
          "0.74 keeps what the guardrail is for. I have written down that 0.10 in total is the most we go before calibrating again.",
        ],
        [GRACE, "17 15:30", "Second look, since the first was at 0.78. Agree with 0.74."],
      ]),
    ],
    applied: "18 09:20",
    development: { proposed: "18 09:30", reason: "Threshold only.", applied: "18 09:35" },
    staging: {
      proposed: "18 10:00",
      reason: "Replay with the 420 attacks mixed in.",
      approvals: [[MARTA, "18 10:30", "Red-team set is part of tonight's replay."]],
      applied: "18 11:00",
      seen: { at: "18 11:20", evidence: "Both staging pods report this digest" },
    },
    production: {
      proposed: "20 10:00",
      reason: "Replay: two attacks of 420 pass, the same two as before. 58 of 70 harmless messages are answered.",
      approvals: [
        [DANIEL, "20 10:40", "For safety: replay report read, the relaxation is 0.04 of the 0.10 that we allow."],
        [GRACE, "20 11:05", "As reviewed."],
      ],
      applied: "20 11:30",
      seen: { at: "20 12:10", evidence: "All six pods report this digest" },
    },
  }),
];

function injectionThreshold(from: string, to: string) {
  const head = "    prompt_injection:\n      enabled: true\n      classifier: injection-screen-2.1\n      threshold: ";
  return { find: `${head}${from}\n`, put: `${head}${to}\n` };
}

export const supportAssistantAutumn: readonly Step[] = [...tuning, ...retention, ...injection];

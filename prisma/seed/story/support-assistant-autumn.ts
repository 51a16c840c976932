import { AMARA, DANIEL, GRACE, HANNA, INES, MARTA, RAVI, TOM } from "../people.ts";
import { sourceOf } from "../systems/system.ts";
import { approve, onLine, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "support-assistant";
const replayed = "Staging replays last week's chats overnight; production follows when the replay shows nothing new.";

const first = release({
  key: "first-assistant",
  system,
  by: TOM,
  title: "Bring the assistant's configuration under review",
  reason:
    "What runs today was copied from the deployment's environment and the prompt repository, without a change of behaviour. From here on every change goes through a request.",
  edits: { assistant: [] },
  sources: { assistant: sourceOf(system, "assistant") },
  drafted: "1 14:05",
  proposed: "1 16:20",
  approvals: [
    [
      GRACE,
      "2 09:35",
      "Compared with the deployment's environment value by value; two comments were out of date and are right here.",
    ],
    [
      MARTA,
      "2 10:50",
      "All guardrails are as calibrated in September. The locked ones are those that conduct risk asked for.",
    ],
    [AMARA, "2 11:15", "Prompts are the ones that the service team signed off."],
  ],
  applied: "2 11:40",
  development: {
    proposed: "2 13:05",
    reason: "First deployment from Plumbline.",
    approvals: [[GRACE, "2 13:30", "Development first; the overlay holds only budgets and telemetry."]],
    applied: "2 13:45",
    seen: { at: "2 14:20", evidence: "Pod support-assistant-dev-0 logs this digest at start" },
  },
  staging: {
    proposed: "3 09:20",
    reason: "First deployment from Plumbline. The replay must give the same answers as the old deployment.",
    approvals: [
      [GRACE, "3 09:55", "Index policy-wordings-next is filled and has the same documents."],
      [MARTA, "3 10:40", "Same guardrails as in production today."],
    ],
    applied: "3 11:00",
    seen: { at: "3 11:30", evidence: "Both staging pods report this digest on /healthz" },
  },
  production: {
    proposed: "5 09:10",
    reason: "Two nights of replay without a difference. Nothing changes for policyholders.",
    approvals: [
      [GRACE, "5 09:40", "Replay of 8,112 chats: identical routes, identical guardrail decisions."],
      [MARTA, "5 10:05", "No guardrail differs from what runs. Approved."],
      [AMARA, "5 10:30", "Fine for the service team; the floor knows."],
    ],
    applied: "5 11:00",
    seen: { at: "5 11:45", evidence: "All six pods report this digest; canary chat answered as before" },
  },
});

const edition = release({
  key: "edition-in-force",
  system,
  by: HANNA,
  title: "Say which edition of a wording an answer comes from",
  reason:
    "Nine complaints in a month were about answers from an edition that was not in force when the damage happened. The prompt now asks for the date of the event before it answers, when editions differ.",
  edits: {
    assistant: [
      {
        find: "    6. If passages of two editions differ, use the edition in force on the date of the event, and say which one it is.\n",
        put: "    6. If passages of two editions differ in what matters here, ask for the date of the event before you answer, unless\n       you know it. Use the edition in force on that date and name it: (Home policy, edition 2024, section 3).\n",
      },
      {
        find: "    - Keep amounts, dates and places. Drop",
        put: "    - Keep amounts, dates and places: the date decides which edition of a wording applies. Drop",
      },
    ],
  },
  drafted: "8 09:50",
  proposed: "8 11:30",
  approvals: [
    [AMARA, "8 15:20", "This is what the complaints team asked for. Thread about the second question is settled."],
  ],
  meanwhile: [
    {
      at: "8 14:10",
      by: AMARA,
      do: "remark",
      request: "edition-in-force",
      remark: onLine(
        "ask-once",
        { bundle: "assistant", find: "before you answer, unless" },
        'People who report a leak have often given the date two messages earlier. Will it ask again? "Ask one thing at a time" is above, but not "do not ask what you know".',
      ),
    },
    {
      at: "8 14:35",
      by: HANNA,
      do: "reply",
      request: "edition-in-force",
      thread: "ask-once",
      body: 'That is what "unless you know it" is for. In 60 replayed chats it asked again once, where the person had written "the other week".',
    },
    { at: "8 15:15", by: AMARA, do: "resolve", request: "edition-in-force", thread: "ask-once" },
  ],
  applied: "8 15:40",
  development: { proposed: "8 16:00", reason: "Try it with the invented policies.", applied: "8 16:05" },
  staging: {
    proposed: "9 09:30",
    reason: replayed,
    evaluated:
      "Groundedness was measured again on 1,200 replayed chats with this prompt: 0.87 on average, 0.86 before.",
    approvals: [[GRACE, "9 10:10", "Only the two prompts differ."]],
    applied: "9 10:30",
    seen: { at: "9 10:50", evidence: "Both staging pods report this digest on /healthz" },
  },
  production: {
    proposed: "11 09:15",
    reason: "Replay: 41 of 8,300 chats ask for the date, 39 of them rightly.",
    evaluated: "Groundedness on the staging replay is 0.87, above the threshold of 0.82 by more than before.",
    approvals: [
      [
        GRACE,
        "11 09:50",
        "Looked at all 41. The two wrong ones are chats in which no date could matter, and one question does no harm.",
      ],
      [AMARA, "11 10:20", "Good. Complaints team is told that it goes live today."],
    ],
    applied: "11 10:45",
    seen: { at: "11 11:20", evidence: "All six pods report this digest" },
  },
});

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

export const supportAssistantAutumn: readonly Step[] = [...first, ...edition, ...tuning, ...retention, ...injection];

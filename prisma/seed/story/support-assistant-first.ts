import { AMARA, GRACE, HANNA, MARTA, TOM } from "../people.ts";
import { sourceOf } from "../systems/system.ts";
import { onLine, release } from "./release.ts";
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

export const supportAssistantFirst: readonly Step[] = [...first, ...edition];

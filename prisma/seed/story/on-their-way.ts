import { AMARA, GRACE, HANNA, INES, SAM, TOM } from "../people.ts";
import { approve, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

/** What is on its way when somebody signs in for the first time, and when production stays as it is. */

const weekend: Step = {
  at: "7 10:00",
  by: INES,
  do: "defineFreezeWindow",
  name: "Weekend",
  cron: "0 16 * * 5",
  durationMinutes: 64 * 60,
  environments: ["production"],
  reason: "From Friday 16:00 to Monday 08:00 only the person on call is there",
};

const yearEnd: Step = {
  at: "40 17:10",
  by: INES,
  do: "defineFreezeWindow",
  name: "End of the year",
  cron: "0 0 22 12 *",
  durationMinutes: 12 * 24 * 60,
  environments: ["production"],
  reason: "Half of every team is away, and the year is being closed",
};

/** Approved and waiting for its time. */
const scheduled: readonly Step[] = [
  ...release({
    key: "shorter-answers",
    system: "support-assistant",
    by: HANNA,
    title: "Try answers of 80 words with a tenth of the traffic",
    reason:
      "Since the upgrade people ask fewer follow-up questions after short answers. The experiment says whether that is the reason. Ends by itself.",
    edits: {
      assistant: [
        {
          find: "  shorter_answers:\n    enabled: false\n    hypothesis: Answers of at most 80 words are rated as clear as longer ones and need fewer follow-up questions\n",
          put: "  shorter_answers:\n    enabled: true\n    hypothesis: Answers of at most 60 words are rated as clear as longer ones and need fewer follow-up questions\n",
        },
        {
          find: "      control: Answers of at most 120 words, as in the system prompt\n      short: Answers of at most 80 words\n",
          put: "      control: Answers of at most 90 words, as in the system prompt\n      short: Answers of at most 60 words\n",
        },
      ],
    },
    drafted: "37 09:40",
    proposed: "37 10:00",
    approvals: [[AMARA, "37 13:20", "A tenth is enough, and the metric that stops it is the right one."]],
    meanwhile: [
      {
        at: "37 11:10",
        by: AMARA,
        do: "remark",
        request: "shorter-answers",
        remark: onParameter(
          "sixty",
          ["assistant", "/experiments/shorter_answers/hypothesis"],
          "The title says 80, the text says 60. Which one?",
        ),
      },
      {
        at: "37 11:30",
        by: HANNA,
        do: "reply",
        request: "shorter-answers",
        thread: "sixty",
        body: "60: control is at 90 since the upgrade, and 80 would not be a difference. The title is from the first draft, sorry.",
      },
      { at: "37 13:15", by: AMARA, do: "resolve", request: "shorter-answers", thread: "sixty" },
    ],
    applied: "37 13:40",
    development: { proposed: "37 13:50", reason: "Both arms answer.", applied: "37 13:55" },
    staging: {
      proposed: "38 09:30",
      reason: "Both arms in the replay.",
      approvals: [[GRACE, "38 10:00", "Fine."]],
      applied: "38 10:10",
    },
  }),
  {
    at: "40 13:30",
    by: HANNA,
    do: "proposePromotion",
    request: "shorter-answers/production",
    system: "support-assistant",
    environment: "production",
    of: "shorter-answers",
    bundles: ["assistant"],
    title: "Start the experiment with shorter answers",
    reason: "Two nights of replay with both arms. Starts in the morning, when the service team is there to watch.",
  },
  ...approve("shorter-answers/production", [
    [AMARA, "40 14:10", "The team lead of the morning shift knows."],
    [GRACE, "40 14:40", "Metrics of both arms are on the dashboard."],
  ]),
  { at: "40 14:55", by: HANNA, do: "schedule", request: "shorter-answers/production" },
];

/** Open: a promotion that one of two people has approved. */
const halfway: readonly Step[] = [
  ...release({
    key: "router-haiku",
    system: "code-review-agent",
    by: TOM,
    title: "Let the router decide only when it is surer",
    reason:
      "One light review in thirty should have been a full one. At 0.8 it is one in ninety, and 6 % more reviews are full.",
    edits: { agent: [{ find: "    min_confidence: 0.7\n", put: "    min_confidence: 0.8\n" }] },
    drafted: "37 14:30",
    proposed: "37 14:40",
    approvals: [[GRACE, "37 15:20", "Good trade."]],
    applied: "37 15:30",
    development: { proposed: "37 15:35", reason: "Replay of closed requests.", applied: "37 15:40" },
    staging: {
      proposed: "38 10:30",
      reason: "Two days on our own repositories.",
      approvals: [[INES, "38 11:00", "Go."]],
      applied: "38 11:10",
    },
  }),
  {
    at: "40 16:05",
    by: TOM,
    do: "proposePromotion",
    request: "router-haiku/production",
    system: "code-review-agent",
    environment: "production",
    of: "router-haiku",
    bundles: ["agent"],
    title: "Let the router decide only when it is surer, in production",
    reason: "Two days on our own repositories: 7 % more full reviews, no complaint.",
  },
];

/** A remark without a question. */
const budget: Step = {
  at: "40 16:30",
  by: SAM,
  do: "remark",
  request: "router-haiku/production",
  remark: {
    thread: "budget",
    place: { type: "request" },
    body: "6 % more full reviews are about 20 euro a day. Within the budget of the agent, just so that it is said.",
  },
};

export const onTheirWay: readonly Step[] = [weekend, ...scheduled, ...halfway, budget, yearEnd];

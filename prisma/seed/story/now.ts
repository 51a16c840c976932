import { AMARA, GRACE, HANNA, INES, MARTA, RAVI, SAM, TOM, YUKI } from "../people.ts";
import { approve, draftOf, onLine, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

/** Set on the last days of the history: what is waiting when somebody signs in for the first time. */

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

/** Approved, and nobody has applied it yet. */
const approved: readonly Step[] = release({
  key: "light-route",
  system: "code-review-agent",
  by: TOM,
  title: "Move the light route off a release that is being retired",
  reason:
    "Anthropic has announced the retirement of Sonnet 4.5. On 150 light reviews Sonnet 4.6 posts as many comments, and authors act on a few more.",
  edits: {
    agent: [{ find: "      model: claude-sonnet-4-5-20250929\n", put: "      model: claude-sonnet-4-6\n" }],
  },
  drafted: "39 15:10",
  proposed: "39 15:30",
  approvals: [[GRACE, "40 11:10", "Numbers hold. Please also look at the router's model before the end of the year."]],
});

/** Open, with a question that nobody has answered. */
const needsReview: readonly Step[] = release({
  key: "vulnerable-people",
  system: "support-assistant",
  by: HANNA,
  title: "Recognise sooner that someone may need extra support",
  reason:
    "The care team sees people on the phone whom the chat could have handed over earlier. The prompt names more signs, and two answers that did not help are enough for a colleague in such a case.",
  edits: {
    assistant: [
      {
        find: "    Bereavement, serious illness, debt, trouble reading or hearing, a person speaking for someone else: slow down, offer\n    a colleague of the care team by name of the team, and never ask the same question twice. Do not label the person.\n",
        put: '    Signs: bereavement, serious illness, debt or a missed payment, trouble reading, hearing or seeing the screen, a person\n    speaking for someone else, a home that cannot be lived in, the same question for the third time, fear of a partner.\n    Slow down. One short sentence at a time. Offer a colleague of the care team by name of the team, once, and again after\n    two answers that did not help. Never ask the same question twice, never say "vulnerable", and do not label the person.\n    If someone writes that they can\'t talk freely, do not mention the care team in writing: offer a call and ask for a time.\n',
      },
      { find: "    bereavement: care-team\n", put: "    bereavement: care-team\n    extra_support: care-team\n" },
    ],
  },
  drafted: "40 09:40",
  proposed: "40 10:20",
  meanwhile: [
    {
      at: "40 15:05",
      by: MARTA,
      do: "review",
      request: "vulnerable-people",
      verdict: "comment",
      summary: "Very good change. One question before I approve, the rest is fine.",
      remarks: [
        onLine(
          "transcript",
          { bundle: "assistant", find: "do not mention the care team in writing" },
          "The transcript is mailed to the policyholder's address when the chat ends. Would a partner not read it there? I would like the transcript to be left out in this case, and that is handover.transcript_included or a change in the application.",
        ),
      ],
    },
  ],
});

/** Open: new rules for a flag's last day. */
const rulesWaiting: readonly Step[] = [
  {
    at: "40 11:40",
    by: INES,
    do: "proposeRules",
    request: "router-confidence",
    system: "support-assistant",
    title: "No route on less than half a certainty",
    reason:
      "routing.classifier.min_confidence may be set to 0 today, and then every message goes to whatever route comes first. Nobody wants that; the catalogue should say so.",
    change: (rules) => ({
      ...rules,
      parameters: rules.parameters.map((rule) =>
        rule.pattern === "/routing/classifier/min_confidence"
          ? { ...rule, schema: { type: "number", minimum: 0.5, maximum: 1 } }
          : rule,
      ),
    }),
  },
  ...approve("router-confidence", [
    [RAVI, "40 14:20", "0.62 today, and I would not want to see it below 0.55. Half is a fair floor."],
  ]),
];

/** Sent back, waiting for its author. */
const sentBack: readonly Step[] = release({
  key: "table-reader",
  system: "document-triage",
  by: YUKI,
  title: "Read itemised invoices as tables in production",
  reason:
    "The table recogniser has been on in development since summer: item amounts are right in 97 % of invoices instead of 88 %.",
  edits: {
    extraction: [{ find: "  table_reader:\n    enabled: false\n", put: "  table_reader:\n    enabled: true\n" }],
  },
  drafted: "39 10:10",
  proposed: "39 10:30",
  meanwhile: [
    {
      at: "40 09:30",
      by: GRACE,
      do: "review",
      request: "table-reader",
      verdict: "request_changes",
      summary:
        "Staging has never run with it: the flag is only on in development. Please switch it on in staging first, for a week of samples, and leave the base as it is.",
      remarks: [
        onParameter(
          "staging-first",
          ["extraction", "/flags/table_reader/enabled"],
          "This reaches staging and production at once. An overlay for staging is the smaller step.",
        ),
      ],
    },
  ],
});

/** Being written: kept by its author until it is ready. */
const draft: readonly Step[] = [
  {
    at: "40 15:20",
    by: HANNA,
    do: "draft",
    draft: draftOf("welsh", "assistant"),
    system: "support-assistant",
    bundle: "assistant",
    title: "Answers in Welsh",
    edits: [
      {
        find: "Answer in one friendly sentence\n    in the language of the message,",
        put: 'Answer in one friendly sentence\n    in the language of the message (in Welsh use "chi", never "ti"),',
      },
      {
        layer: "staging",
        find: "serving:\n",
        put: "flags:\n  welsh_answers:\n    enabled: true # reviewed translations only: small talk and claim status\n\nserving:\n",
      },
    ],
  },
  {
    at: "40 15:40",
    by: HANNA,
    do: "proposeVersion",
    request: "welsh",
    system: "support-assistant",
    drafts: [draftOf("welsh", "assistant")],
    asDraft: true,
    title: "Try Welsh answers in staging",
    reason:
      "The translations of small talk and claim status are reviewed; cover questions follow in the new year. Still waiting for the glossary.",
  },
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

export const now: readonly Step[] = [
  weekend,
  ...scheduled,
  ...halfway,
  ...sentBack,
  ...approved,
  ...needsReview,
  ...rulesWaiting,
  ...draft,
  {
    at: "40 16:30",
    by: SAM,
    do: "remark",
    request: "router-haiku/production",
    remark: {
      thread: "budget",
      place: { type: "request" },
      body: "6 % more full reviews are about 20 euro a day. Within the budget of the agent, just so that it is said.",
    },
  },
  yearEnd,
];

import { GRACE, HANNA, INES, MARTA, RAVI, TOM, YUKI } from "../people.ts";
import { approve, draftOf, onLine, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

/** What is being written and read when somebody signs in for the first time. */

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

/** Open: stricter rules, with one of two approvals. */
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

export const underReview: readonly Step[] = [...sentBack, ...approved, ...needsReview, ...rulesWaiting, ...draft];

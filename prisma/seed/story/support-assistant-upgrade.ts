import { AMARA, GRACE, HANNA, MARTA, RAVI, SAM, TOM } from "../people.ts";
import { approve, onParameter, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "support-assistant";
const OLD = "claude-sonnet-4-5-20250929";
const NEW = "claude-sonnet-4-6";

const callback = release({
  key: "callback-flag",
  system,
  by: HANNA,
  title: "Offer a call back while people wait for a colleague",
  reason: "Behind a flag until the call centre has staffed it; on in development and staging only.",
  edits: {
    assistant: [
      {
        find: "  welsh_answers:\n    enabled: false\n",
        put: `  callback_offer:
    enabled: false
    owner: hanna.lindqvist@wrenfield.example
    expires: "2026-12-18"
    description: People who wait longer than a minute for a colleague are offered a call back
  welsh_answers:
    enabled: false
`,
      },
      { layer: "development", find: "flags:\n", put: "flags:\n  callback_offer:\n    enabled: true\n" },
      { layer: "staging", find: "serving:\n", put: "flags:\n  callback_offer:\n    enabled: true\n\nserving:\n" },
    ],
  },
  drafted: "18 13:30",
  proposed: "18 14:00",
  approvals: [[AMARA, "18 16:15", "Off in production, owner and last day are there."]],
  applied: "18 16:30",
  development: { proposed: "19 09:10", reason: "To build against it.", applied: "19 09:15" },
  staging: {
    proposed: "20 13:00",
    reason: "The call centre tries it with colleagues this week.",
    approvals: [[AMARA, "20 13:30", "Call centre is ready for the trial."]],
    applied: "20 13:45",
  },
  production: {
    proposed: "22 10:00",
    reason: "Goes along switched off, so that switching it on later is a change of one value.",
    approvals: [
      [AMARA, "22 10:20", "Off. Fine."],
      [GRACE, "22 10:45", "No difference for policyholders."],
    ],
    applied: "22 11:00",
  },
});

const upgrade = release({
  key: "sonnet-upgrade",
  system,
  by: TOM,
  title: "Move answers to Sonnet 4.6",
  reason:
    "Anthropic has announced the retirement of Sonnet 4.5. On the labelled set Sonnet 4.6 is better at exclusions (0.91 instead of 0.86) and a little slower. Thresholds were calibrated again on 2,400 chats: none has to move.",
  edits: {
    assistant: [
      {
        find: `  provider: anthropic\n  name: ${OLD}\n`,
        put: `  provider: anthropic\n  name: ${NEW} # pinned: from 4.6 on, names without a date do not move\n`,
      },
      { find: `which conditions\n      model: ${OLD}\n`, put: `which conditions\n      model: ${NEW}\n` },
      { find: `something that happened\n      model: ${OLD}\n`, put: `something that happened\n      model: ${NEW}\n` },
      { find: "  timeout_ms: 18000", put: "  timeout_ms: 20000" },
    ],
  },
  drafted: "21 10:15",
  proposed: "21 15:40",
  approvals: [
    [
      GRACE,
      "22 11:20",
      "Calibration report read. The distribution of groundedness is wider than before; watch the tail in staging.",
    ],
    [RAVI, "22 12:05", "Query rewriting stays on the smaller model, so search is not touched."],
  ],
  meanwhile: [
    {
      at: "22 09:40",
      by: MARTA,
      do: "review",
      request: "sonnet-upgrade",
      verdict: "comment",
      summary: "",
      remarks: [
        onParameter(
          "advice-screen",
          ["assistant", "/guardrails/output/regulated_advice/threshold"],
          "Was the advice screen calibrated on answers of the new release as well, or only on old ones?",
        ),
      ],
    },
    {
      at: "22 10:10",
      by: TOM,
      do: "reply",
      request: "sonnet-upgrade",
      thread: "advice-screen",
      body: "On 600 answers of 4.6: precision 0.93, recall 0.97 at 0.40. It was 0.92 and 0.97. The table is in the calibration report, sheet 3.",
    },
    { at: "22 10:25", by: MARTA, do: "resolve", request: "sonnet-upgrade", thread: "advice-screen" },
  ],
  applied: "22 14:00",
  development: { proposed: "22 14:10", reason: "Same prompts, new release.", applied: "22 14:15" },
  staging: {
    proposed: "22 14:30",
    reason: "Three nights of replay before we ask for production.",
    evaluated:
      "Calibration report of this week: all thresholds and prompts were measured on 2,400 chats with the new release.",
    approvals: [[GRACE, "22 15:00", "Replay is set to the full week."]],
    applied: "22 15:20",
    seen: {
      at: "22 15:45",
      evidence: "Both staging pods report this digest; answers name claude-sonnet-4-6 as the model served",
    },
  },
  production: {
    proposed: "25 09:30",
    reason: "Three nights of replay: answers are 4 % longer, exclusions named more often, no new refusals.",
    evaluated: "Calibration report and three nights of replay on the new release.",
    approvals: [
      [GRACE, "25 10:00", "Replay read. Tail of groundedness is within the old one."],
      [MARTA, "25 10:30", "No guardrail changes; calibration covers the new release."],
    ],
    applied: "25 11:00",
    seen: {
      at: "25 11:40",
      evidence: "All six pods report this digest; answers name claude-sonnet-4-6 as the model served",
    },
  },
});

/** The upgrade goes wrong in a way that replays did not show; production goes back within the hour. */
const incident: readonly Step[] = [
  {
    at: "26 10:52",
    by: SAM,
    do: "proposeRollback",
    request: "sonnet-rollback",
    system,
    environment: "production",
    bundles: ["assistant"],
    incident: "INC-2291",
    title: "Back to Sonnet 4.5: answers are rewritten until they time out",
    reason:
      "Since 09:30 one chat in nine ends with the final message. Longer answers fail the groundedness check, are rewritten twice and run past the deadline when many people write at once, which the replay at night does not show.",
  },
  ...approve("sonnet-rollback", [
    [GRACE, "26 10:58", "Confirmed on the dashboard: rewrites went from 6 % to 31 % with the morning's traffic."],
  ]),
  { at: "26 11:01", by: SAM, do: "apply", request: "sonnet-rollback" },
  {
    at: "26 11:14",
    by: SAM,
    do: "verify",
    system,
    environment: "production",
    bundles: ["assistant"],
    evidence: "All six pods report the earlier digest; share of final messages is back to 0.3 %",
  },
];

const holdLifted: Step = {
  at: "30 09:05",
  by: SAM,
  do: "liftHold",
  system,
  environment: "production",
  reason: "Review of INC-2291 is done; the second attempt passed a load test with daytime traffic",
};

export const supportAssistantUpgrade: readonly Step[] = [...callback, ...upgrade, ...incident, holdLifted];

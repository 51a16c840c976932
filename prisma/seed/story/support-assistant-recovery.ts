import { AMARA, GRACE, HANNA, INES, MARTA, TOM } from "../people.ts";
import { onLine, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "support-assistant";

/** What was learnt, and the second attempt. */
const second = release({
  key: "sonnet-second",
  system,
  by: HANNA,
  title: "Shorter answers for Sonnet 4.6, and one rewrite at most",
  reason:
    "The new release gives reasons that no passage supports. The prompt now asks for the answer without them, the rewrite is tried once, and the threshold goes up because shorter answers score higher. Load test with daytime traffic is part of the plan this time.",
  incident: "INC-2291",
  edits: {
    assistant: [
      {
        find: "    - No more than 120 words unless the person asks for detail. Lists only for steps or documents to send.\n",
        put: "    - No more than 90 words unless the person asks for detail. Lists only for steps or documents to send.\n    - State what applies. Do not add why a rule exists, what insurers usually do, or what the person might also think of.\n",
      },
      { find: "  temperature: 0.2\n  top_p", put: "  temperature: 0.1\n  top_p" },
      {
        find: "      min_score: 0.82 # share of statements about cover that a passage supports\n      action: rewrite\n      max_attempts: 2\n",
        put: "      min_score: 0.84 # share of statements about cover that a passage supports\n      action: rewrite\n      max_attempts: 1 # a second rewrite rarely helps and costs the deadline (INC-2291)\n",
      },
    ],
  },
  drafted: "27 09:30",
  proposed: "27 14:20",
  approvals: [
    [MARTA, "28 09:50", "Tightens the guardrail. One rewrite is fine: what still fails is not sent."],
    [GRACE, "28 10:30", "Agree. Temperature 0.1 costs nothing here."],
  ],
  meanwhile: [
    {
      at: "27 16:00",
      by: GRACE,
      do: "remark",
      request: "sonnet-second",
      remark: onLine(
        "words-or-tokens",
        { bundle: "assistant", find: "No more than 90 words" },
        "max_tokens stays at 900. Should the cap not follow the prompt, so that a runaway answer ends earlier?",
      ),
    },
    {
      at: "27 16:25",
      by: HANNA,
      do: "reply",
      request: "sonnet-second",
      thread: "words-or-tokens",
      body: "A cut answer is worse than a long one, and Welsh needs twice the tokens. I would rather keep 900 and watch the length.",
    },
    { at: "28 10:25", by: GRACE, do: "resolve", request: "sonnet-second", thread: "words-or-tokens" },
  ],
  applied: "28 11:00",
  development: { proposed: "28 11:10", reason: "Follows the incident review.", applied: "28 11:15" },
  staging: {
    proposed: "28 11:30",
    reason: "Replay at night and a load test with Monday's traffic at 14:00.",
    evaluated: "Calibrated again on the shorter answers: 2,400 chats, groundedness 0.90 on average.",
    approvals: [[MARTA, "28 12:00", "As reviewed."]],
    applied: "28 12:10",
    seen: { at: "28 12:30", evidence: "Both staging pods report this digest" },
  },
  production: {
    proposed: "30 09:20",
    reason: "Load test with twice Monday's traffic: 4 % rewrites, no deadline missed. Replay over two nights is clean.",
    evaluated: "Calibration on shorter answers, load test and two nights of replay.",
    approvals: [
      [MARTA, "30 09:50", "Load test report read. Approved for safety."],
      [GRACE, "30 10:05", "This time at daytime traffic. Approved."],
    ],
    applied: "30 10:45",
    seen: {
      at: "30 11:30",
      evidence: "All six pods report this digest; 5 % rewrites after an hour of daytime traffic",
    },
  },
});

/** Asked for, discussed, and not done. */
const refused: readonly Step[] = [
  ...release({
    key: "looser-advice-screen",
    system,
    by: TOM,
    title: "Let the assistant compare levels of cover",
    reason:
      'The advice screen stops comparisons that people ask for ("what is the difference between Standard and Plus?"). At 0.55 they pass.',
    edits: {
      assistant: [
        {
          find: "      classifier: advice-screen-1.3\n      threshold: 0.4\n",
          put: "      classifier: advice-screen-1.3\n      threshold: 0.5\n",
        },
      ],
    },
    drafted: "31 10:00",
    proposed: "31 10:30",
    meanwhile: [
      {
        at: "31 14:20",
        by: MARTA,
        do: "review",
        request: "looser-advice-screen",
        verdict: "request_changes",
        summary:
          'A comparison of facts is allowed and should pass at any threshold. What passes at 0.50 and not at 0.40 are sentences with "better for you", and those are advice. The screen needs examples of neutral comparisons, not a higher number.',
      },
    ],
  }),
  {
    at: "32 09:30",
    by: TOM,
    do: "close",
    request: "looser-advice-screen",
    reason:
      "Refused by safety, rightly: the screen will be trained on neutral comparisons instead. That is version 1.4, in January.",
  },
];

const waiting = release({
  key: "call-back-for-all",
  system,
  by: HANNA,
  title: "Offer a call back after three minutes, without a flag",
  reason:
    "The trial is over: 38 % of those who wait take it, and nobody complained. The flag goes, the wait gets shorter.",
  edits: {
    assistant: [
      {
        find: `  callback_offer:
    enabled: false
    owner: hanna.lindqvist@wrenfield.example
    expires: "2026-12-18"
    description: People who wait longer than a minute for a colleague are offered a call back
`,
        put: "",
      },
      { layer: "development", find: "  callback_offer:\n    enabled: true\n", put: "" },
      { layer: "staging", find: "flags:\n  callback_offer:\n    enabled: true\n\n", put: "" },
      {
        find: "  max_wait_seconds: 240 # after that a call back is offered",
        put: "  max_wait_seconds: 180 # after that a call back is offered",
      },
    ],
  },
  drafted: "33 09:40",
  proposed: "33 10:10",
  approvals: [[AMARA, "33 13:15", "Staffed from Monday. Good to see a flag go on time."]],
  applied: "33 13:40",
  development: { proposed: "33 14:00", reason: "Flag removed from the code as well.", applied: "33 14:05" },
  staging: {
    proposed: "34 09:30",
    reason: "With the build that no longer asks for the flag.",
    approvals: [[AMARA, "34 10:00", "Fine."]],
    applied: "34 10:15",
  },
  production: {
    proposed: "36 10:00",
    by: INES,
    reason: "Two days in staging with the new build; the call centre starts today.",
    approvals: [
      [AMARA, "36 10:20", "Staffed."],
      [GRACE, "36 10:30", "As reviewed."],
    ],
    applied: "36 11:00",
    seen: { at: "36 11:30", evidence: "All six pods report this digest and build 2189" },
  },
});

export const supportAssistantRecovery: readonly Step[] = [...second, ...refused, ...waiting];

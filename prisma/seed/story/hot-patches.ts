import { AMARA, GRACE, INES, MARTA, SAM, TOM } from "../people.ts";
import type { Step } from "./step.ts";

const assistant = { system: "support-assistant", environment: "production", bundle: "assistant" } as const;
const deadline = "/limits/answer_deadline_ms";

/** A provider that was slow twice: what would be governed if it came a third time. */
const slowProvider: readonly Step[] = [
  {
    at: "9 14:10",
    by: SAM,
    do: "fileHotPatch",
    patch: "slow-provider",
    ...assistant,
    incident: "INC-2207",
    level: "sev2",
    reason: "The provider answers in 24 s at the 95th percentile; one chat in eight ends without an answer",
    changes: [{ pointer: deadline, value: 35_000 }],
    minutes: 180,
  },
  {
    at: "9 16:20",
    by: SAM,
    do: "revertHotPatch",
    patch: "slow-provider",
    reason: "The provider is back at 9 s since 15:50",
  },
  {
    at: "9 16:40",
    by: GRACE,
    do: "reviewHotPatch",
    patch: "slow-provider",
    note: "The right parameter, and nothing else was touched.",
  },
  {
    at: "34 15:20",
    by: SAM,
    do: "fileHotPatch",
    patch: "slow-provider-again",
    ...assistant,
    incident: "INC-2304",
    level: "sev3",
    reason: "The provider's region is slow again, 21 s at the 95th percentile",
    changes: [{ pointer: deadline, value: 35_000 }],
    minutes: 120,
  },
  {
    at: "34 16:50",
    by: SAM,
    do: "revertHotPatch",
    patch: "slow-provider-again",
    reason: "Answers come within 10 s again",
  },
  {
    at: "35 09:10",
    by: GRACE,
    do: "reviewHotPatch",
    patch: "slow-provider-again",
    note: "Sound. It is the second time in five weeks: the deadline should follow the provider by a rule.",
  },
];

/** One that was worth keeping. */
const oneRewrite: readonly Step[] = [
  {
    at: "18 10:05",
    by: SAM,
    do: "fileHotPatch",
    patch: "one-rewrite",
    ...assistant,
    incident: "INC-2251",
    level: "sev2",
    reason: "Rewrites pile up at noon: the second one takes the time that the answer would need",
    changes: [{ pointer: "/guardrails/output/groundedness/max_attempts", value: 1 }],
    minutes: 240,
  },
  {
    at: "18 13:00",
    by: INES,
    do: "extendHotPatch",
    patch: "one-rewrite",
    reason: "The queue of the evening is still ahead of us",
    minutes: 240,
  },
  {
    at: "18 15:00",
    by: MARTA,
    do: "reviewHotPatch",
    patch: "one-rewrite",
    note: "What still fails after one rewrite is not sent, so the guardrail holds.",
  },
  {
    at: "18 15:30",
    by: SAM,
    do: "keepHotPatch",
    patch: "one-rewrite",
    request: "one-rewrite",
    reason: "A second rewrite rarely helps and costs the deadline",
  },
  { at: "18 17:05", by: SAM, do: "hotPatchClock" },
  {
    at: "30 11:40",
    by: SAM,
    do: "close",
    request: "one-rewrite",
    reason: "Came with the shorter answers for Sonnet 4.6",
  },
];

/** Workers that run what they are given: the patch while it holds, and what is declared after it. */
const routingWorkers = {
  by: SAM,
  do: "report",
  system: "document-triage",
  environment: "production",
  bundle: "routing",
  instances: 4,
  edited: 0,
  edits: {},
  origins: {},
} as const;

/** Over, taken back, and nobody has said yet what follows. */
const undecided: readonly Step[] = [
  {
    at: "39 11:00",
    by: SAM,
    do: "fileHotPatch",
    patch: "no-small-invoices",
    system: "document-triage",
    environment: "production",
    bundle: "routing",
    incident: "INC-2319",
    level: "sev2",
    reason: "Two suppliers were paid twice this morning; nothing is paid without a person until the cause is found",
    changes: [{ pointer: "/automation/pay_small_invoice/enabled", value: false }],
    minutes: 300,
  },
  {
    at: "39 15:00",
    by: AMARA,
    do: "reviewHotPatch",
    patch: "no-small-invoices",
    note: "Agreed with the payments desk, which has the people for it today.",
  },
  { ...routingWorkers, at: "39 15:30", isLast: false },
  { ...routingWorkers, at: "39 16:02", isLast: false },
  { at: "39 16:05", by: SAM, do: "hotPatchClock" },
  { ...routingWorkers, at: "39 17:30", isLast: true },
];

/** What is going on when somebody signs in for the first time. */
const underWay: readonly Step[] = [
  {
    at: "now -01:10",
    by: SAM,
    do: "fileHotPatch",
    patch: "throttled",
    system: "document-triage",
    environment: "production",
    bundle: "extraction",
    incident: "INC-2324",
    level: "sev2",
    reason: "The provider throttles us since 400 requests a minute; retries make it worse",
    changes: [{ pointer: "/limits/requests_per_minute", value: 250 }],
    minutes: 240,
  },
  {
    at: "now -00:20",
    by: TOM,
    do: "fileHotPatch",
    patch: "fewer-reviews-at-once",
    system: "code-review-agent",
    environment: "production",
    bundle: "agent",
    incident: "INC-2325",
    level: "sev3",
    reason: "Workers run out of memory with twenty reviews at once since the release of this morning",
    changes: [{ pointer: "/limits/concurrent_requests", value: 10 }],
    minutes: 120,
  },
];

export const hotPatchStory: readonly Step[] = [...slowProvider, ...oneRewrite, ...undecided, ...underWay];

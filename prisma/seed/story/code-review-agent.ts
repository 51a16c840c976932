import { DANIEL, GRACE, INES, MARTA, RAVI, TOM } from "../people.ts";
import { sourceOf } from "../systems/system.ts";
import { onLine, release } from "./release.ts";
import type { Step } from "./step.ts";

const system = "code-review-agent";

const first = release({
  key: "first-agent",
  system,
  by: TOM,
  title: "Bring the review agent's configuration under review",
  reason: "As it runs today, from the repository of the developer platform.",
  edits: { agent: [] },
  sources: { agent: sourceOf(system, "agent") },
  drafted: "3 13:30",
  proposed: "3 14:15",
  approvals: [
    [GRACE, "3 15:40", "Same as the file in the repository, which is read-only from today."],
    [MARTA, "3 16:30", "Sandbox without network and without write access, locked. Good."],
  ],
  applied: "3 16:45",
  development: {
    proposed: "4 09:10",
    reason: "First deployment.",
    approvals: [[GRACE, "4 09:20", "Fine."]],
    applied: "4 09:30",
  },
  staging: {
    proposed: "4 10:00",
    reason: "On our own repositories first.",
    approvals: [
      [GRACE, "4 10:20", "Fine."],
      [INES, "4 10:30", "The platform's repositories are told."],
    ],
    applied: "4 10:45",
    seen: { at: "4 11:10", evidence: "Agent prints this digest in its first comment" },
  },
  production: {
    proposed: "6 10:00",
    reason: "Two days on our own repositories.",
    approvals: [
      [DANIEL, "6 10:30", "Guardrails are those that run today."],
      [INES, "6 11:00", "Comments on our repositories were useful; go."],
    ],
    applied: "6 11:20",
    seen: { at: "6 11:50", evidence: "Agent prints this digest in its first comment" },
  },
});

const fewer = release({
  key: "fewer-comments",
  system,
  by: TOM,
  title: "Six comments at most, and none that a colleague would call taste",
  reason:
    'In the survey of engineers, "too many small comments" came first. Authors act on 71 % of the first six and on 22 % of the rest.',
  edits: {
    agent: [
      {
        find: "  max_comments: 8",
        put: "  max_comments: 6 # authors act on 71 % of the first six and on 22 % of the rest",
      },
      {
        find: "the author did not change and does not make them wrong, or if a reasonable colleague would call it taste.\n",
        put: "the author did not change and does not make them wrong, if a reasonable colleague would call it taste, or if it asks for\n    something that no other file of the same folder does. When two comments have one cause, keep the earlier one.\n",
      },
    ],
  },
  drafted: "11 13:10",
  proposed: "11 13:30",
  approvals: [[INES, "11 16:00", "Matches what I hear. Agreed after the thread."]],
  meanwhile: [
    {
      at: "11 15:10",
      by: INES,
      do: "remark",
      request: "fewer-comments",
      remark: onLine(
        "same-folder",
        { bundle: "agent", find: "something that no other file of the same folder does" },
        'Careful: if the whole folder lacks tests, this drops "there is no test".',
      ),
    },
    {
      at: "11 15:30",
      by: TOM,
      do: "reply",
      request: "fewer-comments",
      thread: "same-folder",
      body: 'Tests are point 4 of the system prompt and are not "asked for in the same folder". I replayed 40 requests without tests: it still says so in 37.',
    },
    { at: "11 15:55", by: INES, do: "resolve", request: "fewer-comments", thread: "same-folder" },
  ],
  applied: "11 16:10",
  development: { proposed: "11 16:15", reason: "Replay of closed requests.", applied: "11 16:20" },
  staging: {
    proposed: "12 09:30",
    reason: "A day on our own repositories.",
    evaluated: "Comment quality measured on 200 closed requests.",
    approvals: [[INES, "12 10:00", "Go."]],
    applied: "12 10:10",
  },
  production: {
    proposed: "13 10:30",
    reason: "A day without a complaint.",
    evaluated: "Comment quality measured on 200 closed requests and a day of our own.",
    approvals: [[INES, "13 11:30", "Go."]],
    applied: "13 11:40",
  },
});

const sandbox = release({
  key: "sandbox-image",
  system,
  by: INES,
  title: "Sandbox image with Node 24, and more time for callers",
  reason:
    "Half of the repositories moved to Node 24, and their tests fail in the old image. list_callers times out on the two largest repositories.",
  edits: {
    agent: [
      {
        find: "review-sandbox@sha256:9c1f6d0b7ad1c2e0d4a6a1f6f3b9d20c5e7b4a8823de51e90a6fbc4417d2a5e8",
        put: "review-sandbox@sha256:41d0be7f6a2c935e8810fb7dd6c2a94e53ce07b16f8a2d94c7e5301b9f64ad27",
      },
      {
        find: "list_callers: { enabled: true, timeout_seconds: 60 }",
        put: "list_callers: { enabled: true, timeout_seconds: 90 }",
      },
    ],
  },
  drafted: "20 14:00",
  proposed: "20 14:20",
  approvals: [
    [GRACE, "20 15:30", "Image is signed by the platform's pipeline; scan is clean."],
    [MARTA, "20 16:00", "Still no network and not writable."],
  ],
  applied: "20 16:20",
  development: { proposed: "20 16:30", reason: "Needs a new build of the runner.", applied: "20 16:35" },
  staging: {
    proposed: "21 09:30",
    reason: "Runner 88 is built with the image.",
    approvals: [[GRACE, "21 09:50", "Go."]],
    applied: "21 10:00",
    seen: { at: "21 10:30", evidence: "Runner 88 prints this digest and the image's" },
  },
  production: {
    proposed: "22 13:00",
    reason: "A day on our own repositories; tests run on Node 24.",
    approvals: [[GRACE, "22 13:30", "Go."]],
    applied: "22 13:40",
    seen: { at: "22 14:05", evidence: "Runner 88 prints this digest and the image's" },
  },
});

const money = release({
  key: "money-rule",
  system,
  by: TOM,
  title: "Name the currency when money is compared",
  reason: "Review of a payment bug: euro and pound amounts were compared, and the agent had seen the file.",
  edits: {
    agent: [
      {
        find: "whose result depends on order that nothing guarantees, money in floating point, time without a time zone.\n",
        put: "whose result depends on order that nothing guarantees, money in floating point, amounts compared or added without\n       their currency, time without a time zone.\n",
      },
    ],
  },
  drafted: "34 11:00",
  proposed: "34 11:10",
  approvals: [[RAVI, "34 13:00", "Replayed the request in question: found now."]],
  applied: "34 13:20",
  development: { proposed: "34 13:30", reason: "Prompt only.", applied: "34 13:35" },
  staging: {
    proposed: "34 14:00",
    reason: "Overnight on our own repositories.",
    approvals: [[INES, "34 14:20", "Go."]],
    applied: "34 14:30",
  },
  production: {
    proposed: "35 11:00",
    reason: "No new noise overnight.",
    approvals: [[INES, "35 11:30", "Go."]],
    applied: "35 11:45",
  },
});

export const codeReviewAgentStory: readonly Step[] = [...first, ...fewer, ...sandbox, ...money];

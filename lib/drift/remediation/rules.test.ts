import { describe, expect, test } from "vitest";
import {
  attemptsCarriedOver,
  nextStep,
  type PolicyFacts,
  pauseAfter,
  type RestoreFacts,
  refusalOfPolicy,
  refusalToRestore,
  type Sight,
  whyNotAsSeen,
} from "./rules.ts";

const now = new Date("2026-11-22T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

const facts: RestoreFacts = {
  sync: "drifted",
  restorable: [{ kind: "value_changed", pointer: "/a/b" }],
  ignored: [],
  patched: [],
  servesExpiredPatch: false,
  expectedDigests: ["sha256:1"],
  targetDigest: "sha256:0",
  targetLeaves: 10,
  maxSharePercent: 20,
  active: null,
};

describe("restoring", () => {
  test.each<readonly [string, Partial<RestoreFacts>, string | null]>([
    ["a drifted place", {}, null],
    ["a stale one", { sync: "stale" }, "The last report is too old"],
    ["one of which nothing is known", { sync: "unknown" }, "Nobody knows what runs here"],
    ["one in sync", { sync: "in_sync", restorable: [] }, "Nothing differs"],
    ["one that only a hot-patch explains", { sync: "hot_patched", restorable: [] }, "Nothing differs"],
    ["what a provider serves", { restorable: [] }, "not part of what is delivered"],
    ["a parameter under a hot-patch", { patched: [{ pointer: "/a/b", number: 3 }] }, "/a/b is under hot-patch HP-3"],
    ["a part of one", { patched: [{ pointer: "/a", number: 3 }] }, "/a/b is under hot-patch HP-3"],
    ["beside a hot-patch", { patched: [{ pointer: "/a/bc", number: 3 }] }, null],
    ["what an expired hot-patch left in place", { servesExpiredPatch: true }, "decide its follow-up first"],
    ["over what an ignore rule covers", { ignored: ["/c"] }, "an ignore rule covers /c"],
    ["a fifth of the document", { targetLeaves: 5 }, null],
    ["a quarter of the document", { targetLeaves: 4 }, "1 of 4 parameters (25 %), more than the 20 %"],
    ["an empty document", { targetLeaves: 0 }, "take the whole document away"],
    ["while another one acts", { active: { number: 7, state: "acting" } }, "R-7 is under way"],
    ["under quarantine", { active: { number: 7, state: "quarantined" } }, "R-7 is quarantined"],
  ])("%s", (_, difference, expected) => {
    const refusal = refusalToRestore({ ...facts, ...difference });
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(expected);
  });

  test.each([
    ["as it was seen", ["sha256:1"], "sha256:0", null],
    ["something else runs", ["sha256:2"], "sha256:0", "What runs here has changed"],
    ["something more runs", [], "sha256:0", "What runs here has changed"],
    ["something else is declared", ["sha256:1"], "sha256:9", "What is declared here has changed"],
  ])("compares what was seen: %s", (_, expectedDigests, targetDigest, expected) => {
    const refusal = whyNotAsSeen(facts, { expectedDigests, targetDigest });
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(expected);
  });
});

describe("policy", () => {
  const policy: PolicyFacts = {
    findings: [{ state: "open", confirmations: 3 }],
    confirmationsWanted: 3,
    baseline: "none",
    frozen: null,
    askedSince: null,
    last: null,
    openSince: at(-60),
  };
  test.each<readonly [string, Partial<PolicyFacts>, string | null]>([
    ["acts on what was confirmed often enough", {}, null],
    ["acts on what somebody only acknowledged", { findings: [{ state: "acknowledged", confirmations: 3 }] }, null],
    [
      "waits until all of it was",
      {
        findings: [
          { state: "open", confirmations: 9 },
          { state: "open", confirmations: 2 },
        ],
      },
      "Confirmed 2 of 3 times",
    ],
    ["waits until there is a finding", { findings: [] }, "Confirmed 0 of 3 times"],
    [
      "leaves alone what is suppressed",
      { findings: [{ state: "suppressed", confirmations: 3 }] },
      "Somebody has decided",
    ],
    ["leaves alone what was accepted", { findings: [{ state: "accepted", confirmations: 3 }] }, "Somebody has decided"],
    ["does not restore what fails its baseline", { baseline: "fails" }, "baseline"],
    ["asks once for each opening", { askedSince: at(-30) }, "A change request has proposed"],
    ["and asks again when it came back", { askedSince: at(-90) }, null],
    ["waits while changes are frozen", { frozen: "Year end" }, "frozen: Year end"],
    [
      "does not try again what a person cancelled",
      { last: { state: "cancelled", attempts: 1, endedAt: at(-30) } },
      "A person cancelled",
    ],
    ["tries again when it came back after that", { last: { state: "cancelled", attempts: 1, endedAt: at(-90) } }, null],
    ["pauses when it was changed back", { last: { state: "succeeded", attempts: 3, endedAt: at(-17) } }, "the pause"],
    ["and tries again after the pause", { last: { state: "succeeded", attempts: 3, endedAt: at(-18) } }, null],
  ])("%s", (_, difference, expected) => {
    const refusal = refusalOfPolicy({ ...policy, ...difference }, now);
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(expected);
  });

  test.each([
    ["nothing", null, 0],
    ["one that held and was changed back", { state: "succeeded", attempts: 2 }, 2],
    ["one that failed", { state: "failed", attempts: 2 }, 2],
    ["a quarantine that was lifted", { state: "failed", attempts: 5 }, 0],
    ["one that a person cancelled", { state: "cancelled", attempts: 2 }, 0],
  ] as const)("counts on after %s", (_, last, expected) => {
    expect(attemptsCarriedOver(last)).toBe(expected);
  });
});

test("pauses are 2 s and three times as long each time, at most 5 minutes", () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((attempts) => pauseAfter(attempts) / 1_000)).toEqual([2, 6, 18, 54, 162, 300, 300]);
});

describe("the next step", () => {
  const remediation = { state: "acting", attempts: 1, nextAttemptAt: at(0), targetDigest: "sha256:0" } as const;
  const sight: Sight = {
    live: 3,
    unreadable: 0,
    present: 1,
    strange: 0,
    targetDigest: "sha256:0",
    steadySince: at(-60),
    settling: 60_000,
    refusal: null,
  };
  const waiting = { ...remediation, state: "waiting" } as const;
  const gone = { present: 0 };
  test.each<readonly [string, Parameters<typeof nextStep>[0], Partial<Sight>, string]>([
    ["an attempt is given its time", { ...remediation, nextAttemptAt: at(1) }, {}, "wait"],
    ["an attempt that nobody followed is over", remediation, {}, "pause"],
    ["an attempt that worked is watched", { ...remediation, nextAttemptAt: at(1) }, gone, "pause"],
    ["a fifth one that nobody followed ends in quarantine", { ...remediation, attempts: 5 }, {}, "quarantine"],
    ["a fifth one that worked is watched", { ...remediation, attempts: 5 }, gone, "pause"],
    ["nothing is done in a pause", { ...waiting, nextAttemptAt: at(1) }, {}, "wait"],
    ["after the pause what is still there is restored again", waiting, {}, "begin"],
    ["after the fifth what came back ends in quarantine", { ...waiting, attempts: 5 }, {}, "quarantine"],
    ["what has held for long enough is restored", waiting, gone, "succeed"],
    ["what has not held for long enough is watched on", waiting, { ...gone, steadySince: at(-59) }, "wait"],
    ["another declared value ends it", waiting, { targetDigest: "sha256:9" }, "fail"],
    ["and does while it acts", remediation, { targetDigest: null }, "fail"],
    ["nobody acts on what nobody reports", waiting, { live: 0, present: 0 }, "fail"],
    ["nobody acts on what can't be read", waiting, { unreadable: 1 }, "fail"],
    ["nobody acts on what was not seen", waiting, { strange: 1 }, "fail"],
    ["nobody acts where a guard has come into the way", waiting, { refusal: "A hot-patch" }, "fail"],
    ["a quarantine stays until a person lifts it", { ...waiting, state: "quarantined" }, {}, "wait"],
    ["what has ended stays so", { ...waiting, state: "cancelled" }, { targetDigest: "sha256:9" }, "wait"],
  ])("%s", (_, of, difference, expected) => {
    expect(nextStep(of, { ...sight, ...difference }, now).type).toBe(expected);
  });
});

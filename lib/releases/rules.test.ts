import { describe, expect, test } from "vitest";
import { formatComparable, parseComparable } from "#lib/releases/comparable.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import {
  type Candidate,
  fellBy,
  hasPassedThrough,
  lastKnownGood,
  type Stay,
  soakedMinutes,
  soakRequired,
  stageBefore,
  verdictOf,
} from "#lib/releases/rules.ts";
import type { Policy } from "#lib/systems/model.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const pipeline = ["development", "staging", "production"].map((slug, index) => ({
  id: slug,
  slug,
  name: slug,
  position: index + 1,
}));

test.each([
  ["production", "staging"],
  ["staging", "development"],
  ["development", undefined],
])("the stage before %s", (stage, before) => {
  expect(stageBefore([...pipeline].reverse(), stage)?.slug).toBe(before);
});

function aStay(over: Partial<Stay> = {}): Stay {
  return { versionDigest: "v1", state: "verified", from: hoursAgo(10), until: null, ...over };
}

describe("passing through a stage", () => {
  test.each([
    ["current", [aStay()], true],
    ["superseded since", [aStay({ state: "superseded", until: hoursAgo(1) })], true],
    ["only another version", [aStay({ versionDigest: "v2" })], false],
    ["rolled back there", [aStay({ state: "rolled_back", until: hoursAgo(1) })], false],
    ["failed there", [aStay({ state: "failed" })], false],
    ["never there", [], false],
  ])("%s", (_, stays, passed) => {
    expect(hasPassedThrough(stays, "v1")).toBe(passed);
  });

  test.each([
    ["current", [aStay()], null],
    ["never there", [], null],
    ["only another version failed", [aStay({ versionDigest: "v2", state: "failed" })], null],
    ["failed there", [aStay({ state: "failed" })], "failed"],
    ["rolled back there", [aStay({ state: "rolled_back" })], "rolled_back"],
    ["failed there once and got through later", [aStay({ state: "failed", from: hoursAgo(20) }), aStay()], null],
    [
      "failed, then rolled back",
      [aStay({ state: "rolled_back", from: hoursAgo(2) }), aStay({ state: "failed", from: hoursAgo(9) })],
      "rolled_back",
    ],
  ])("%s: how it fell", (_, stays, fell) => {
    expect(fellBy(stays, "v1")).toBe(fell);
  });

  test("soak is the longest unbroken stay, not the sum", () => {
    const stays = [
      aStay({ from: hoursAgo(2) }),
      aStay({ from: hoursAgo(30), until: hoursAgo(25), state: "superseded" }),
      aStay({ from: hoursAgo(90), until: hoursAgo(60), state: "rolled_back" }),
    ];
    expect(soakedMinutes(stays, "v1", now)).toBe(5 * 60);
  });
});

function aPolicy(over: Partial<Policy>): Policy {
  return {
    id: "p",
    title: "p",
    requests: [],
    environments: [],
    kinds: [],
    approvals: 1,
    groups: [],
    requiredChecks: [],
    soakMinutes: 0,
    approvalLastsHours: 1,
    threadsMustBeResolved: false,
    ...over,
  };
}

test("the soak of a stage is the longest that a promotion policy asks for there", () => {
  const policies = [
    aPolicy({ environments: ["production"], soakMinutes: 60 }),
    aPolicy({ environments: ["production"], requests: ["promotion"], soakMinutes: 120 }),
    aPolicy({ environments: ["production"], requests: ["rules"], soakMinutes: 900 }),
    aPolicy({ environments: ["staging"], soakMinutes: 600 }),
  ];
  expect(soakRequired(policies, "production")).toBe(120);
});

function aCandidate(over: Partial<Candidate> = {}): Candidate {
  return {
    snapshotNumber: 1,
    state: "superseded",
    verifiedAt: hoursAgo(50),
    endedAt: hoursAgo(10),
    underHotPatch: false,
    ...over,
  };
}

test.each([
  [
    "the newest that was verified and soaked",
    [aCandidate({ snapshotNumber: 7 }), aCandidate({ snapshotNumber: 5 })],
    7,
  ],
  [
    "not one that was never seen running",
    [aCandidate({ snapshotNumber: 7, verifiedAt: null }), aCandidate({ snapshotNumber: 5 })],
    5,
  ],
  [
    "not one that has not soaked",
    [aCandidate({ snapshotNumber: 7, verifiedAt: hoursAgo(1), endedAt: null }), aCandidate({ snapshotNumber: 5 })],
    5,
  ],
  [
    "not one under a hot-patch",
    [aCandidate({ snapshotNumber: 7, underHotPatch: true }), aCandidate({ snapshotNumber: 5 })],
    5,
  ],
  [
    "not one that was rolled back",
    [aCandidate({ snapshotNumber: 7, state: "rolled_back" }), aCandidate({ snapshotNumber: 5 })],
    5,
  ],
  ["none when none is good", [aCandidate({ verifiedAt: null })], null],
])("last known-good is %s", (_, candidates, expected) => {
  expect(lastKnownGood(candidates, 24 * 60, now)).toBe(expected);
});

test.each<[DeploymentState, string, string]>([
  ["pending", "d1", "verified"],
  ["partial", "d1", "verified"],
  ["pending", "d2", "failed"],
])("a %s deployment of d1 seen running %s is %s", (state, seen, verdict) => {
  expect(verdictOf({ number: 3, state, effectiveDigest: "d1" }, seen)).toBe(verdict);
});

test.each<DeploymentState>(["verified", "failed", "superseded", "rolled_back"])(
  "a %s deployment is not verified again",
  (state) => {
    expect(() => verdictOf({ number: 3, state, effectiveDigest: "d1" }, "d1")).toThrow(/Deployment 3 is/);
  },
);

test.each([
  "version:0198a1b2-0000-7000-8000-000000000001",
  "version:0198a1b2-0000-7000-8000-000000000001@production",
  "snapshot:12",
  "environment:support-assistant/production/assistant",
  `observed:support-assistant/production/assistant@sha256:${"0a".repeat(32)}`,
  "instance:0198a1b2-0000-7000-8000-000000000001",
])("%s is read back as it was written", (text) => {
  expect(formatComparable(parseComparable(text))).toBe(text);
});

test.each([
  "",
  "snapshot:0",
  "snapshot:x",
  "environment:a/b",
  "version:1",
  "bundle:a",
  "observed:a/b/c@sha256:12",
  "instance:7",
])("%s names nothing", (text) => {
  expect(() => parseComparable(text)).toThrow(expect.objectContaining({ code: "invalid" }));
});

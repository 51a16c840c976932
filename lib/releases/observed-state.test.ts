import { describe, expect, test } from "vitest";
import { observedState, type Witnesses } from "./rules.ts";

const deployedAt = new Date("2026-11-22T12:00:00Z");
const at = (seconds: number) => new Date(deployedAt.getTime() + seconds * 1_000);

const aDeployment = (of: Partial<Parameters<typeof observedState>[0]> = {}) =>
  ({ state: "pending", needsBuild: false, createdAt: deployedAt, ...of }) as const;

const seen = (of: Partial<Witnesses>): Witnesses => ({
  live: 10,
  running: 0,
  onNewBuild: 0,
  allHeardSince: at(20),
  longestIntervalSeconds: 30,
  ...of,
});

describe("a deployment", () => {
  test.each([
    ["that every live runtime runs is verified", {}, { running: 10 }, 20, "verified"],
    ["that some run is partial", {}, { running: 4 }, 20, "partial"],
    [
      "that some still run stays partial, however long",
      { state: "partial" },
      { running: 4, allHeardSince: at(900), counted: { running: 4, live: 10 } },
      900,
      null,
    ],
    [
      "that more run than before is counted again",
      { state: "partial" },
      { running: 7, allHeardSince: at(900), counted: { running: 4, live: 10 } },
      900,
      "partial",
    ],
    ["that some run, while others were not heard of since, waits", {}, { running: 4, allHeardSince: at(-5) }, 20, null],
    ["that none runs yet waits", {}, {}, 20, null],
    ["that nobody reports on waits", {}, { live: 0, allHeardSince: null }, 900, null],
    [
      "that none runs after three intervals, though all were heard, has failed",
      {},
      { allHeardSince: at(95) },
      100,
      "failed",
    ],
    ["that none runs, of whom one was not heard since, waits", {}, { allHeardSince: at(80) }, 100, null],
    ["that some ran and none does any more has failed", { state: "partial" }, { allHeardSince: at(95) }, 100, "failed"],
    ["that has failed stays so while none runs it", { state: "failed" }, { allHeardSince: at(195) }, 200, null],
    ["that had failed and is taken after all is verified", { state: "failed" }, { running: 10 }, 900, "verified"],
    ["that had failed and is taken by some is partial", { state: "failed" }, { running: 1 }, 900, "partial"],
    ["that was verified stays so: what differs later is drift", { state: "verified" }, { running: 3 }, 900, null],
    ["that was superseded is left alone", { state: "superseded" }, { running: 10 }, 900, null],
    ["that needs a build is not verified by the old one", { needsBuild: true }, { running: 10 }, 20, null],
    [
      "that needs a build is partial while some still run the old one",
      { needsBuild: true },
      { running: 10, onNewBuild: 3 },
      20,
      "partial",
    ],
    [
      "that needs a build is verified by a new one everywhere",
      { needsBuild: true },
      { running: 10, onNewBuild: 10 },
      20,
      "verified",
    ],
    [
      "that needs a build does not fail by waiting for it",
      { needsBuild: true },
      { running: 10, allHeardSince: at(95) },
      100,
      null,
    ],
  ] as const)("%s", (_, deployment, witnesses, seconds, state) => {
    expect(observedState(aDeployment(deployment), seen(witnesses), at(seconds))).toBe(state);
  });
});

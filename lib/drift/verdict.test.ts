import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HEALTH_STATES } from "#lib/runtimes/model.ts";
import { healthOfRank, type JudgedGroup, syncAt, verdictOf, worstHealth } from "./verdict.ts";

const now = new Date("2026-11-22T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

function aGroup(of: Partial<JudgedGroup> = {}): JudgedGroup {
  return {
    digest: "sha256:a",
    isSilent: false,
    isBefore: false,
    instances: 1,
    health: "ok",
    newestAt: at(-10),
    newestBy: "pod-1",
    freshUntil: at(50),
    judgement: "equal",
    ...of,
  };
}

function judged(groups: readonly JudgedGroup[], of: Partial<Parameters<typeof verdictOf>[0]> = {}) {
  return verdictOf({ groups, isDeclared: true, last: null, ends: [], now, ...of });
}

const silent = { isSilent: true, newestAt: at(-100), freshUntil: at(-40) };

describe("sync", () => {
  test.each([
    ["nothing ever reported", [], "unknown"],
    ["one that runs what is declared", [aGroup()], "in_sync"],
    ["one under an authorised patch", [aGroup(), aGroup({ judgement: "hot_patched" })], "hot_patched"],
    [
      "one that was not heard of since what is declared changed",
      [aGroup({ instances: 39 }), aGroup({ judgement: "waiting" })],
      "unknown",
    ],
    ["one of many that differs", [aGroup({ instances: 39 }), aGroup({ judgement: "drifted" })], "drifted"],
    [
      "one that can't be read beside one that differs",
      [aGroup({ judgement: "unreadable" }), aGroup({ judgement: "drifted" })],
      "drifted",
    ],
    [
      "one that can't be read beside one in sync",
      [aGroup(), aGroup({ judgement: "unreadable", digest: null })],
      "unknown",
    ],
    ["only silent ones", [aGroup(silent), aGroup({ ...silent, judgement: "drifted" })], "stale"],
    [
      "a silent one that differed beside a live one in sync",
      [aGroup(), aGroup({ ...silent, judgement: "drifted" })],
      "in_sync",
    ],
  ] as const)("of %s", (_, groups, sync) => {
    expect(judged(groups).sync).toBe(sync);
  });

  test("is unknown before anything is declared, whatever runs", () => {
    expect(judged([aGroup()], { isDeclared: false }).sync).toBe("unknown");
  });

  const arbitraryGroups = fc.array(
    fc.record({
      judgement: fc.constantFrom("unreadable", "drifted", "hot_patched", "equal"),
      isSilent: fc.boolean(),
      instances: fc.integer({ min: 1, max: 50 }),
      health: fc.constantFrom(...HEALTH_STATES),
    }),
    { maxLength: 8 },
  );

  test("is drifted exactly when a live group shows a difference, and green only when all live ones were read", () => {
    fc.assert(
      fc.property(arbitraryGroups, (wishes) => {
        const groups = wishes.map((wish, index) => aGroup({ ...wish, digest: `sha256:${index}` }));
        const live = groups.filter((group) => !group.isSilent);
        const { sync, differing } = judged(groups);
        expect(sync === "drifted").toBe(live.some((group) => group.judgement === "drifted"));
        expect(sync === "drifted").toBe(differing > 0);
        if (sync === "in_sync" || sync === "hot_patched") {
          expect(live.length).toBeGreaterThan(0);
          expect(live.some((group) => group.judgement === "unreadable")).toBe(false);
        }
        if (live.length === 0) expect(["stale", "unknown"]).toContain(sync);
      }),
    );
  });

  test("is never green once it is read past its time", () => {
    fc.assert(
      fc.property(arbitraryGroups, fc.integer({ min: 1, max: 10_000 }), (wishes, later) => {
        const verdict = judged(wishes.map((wish) => aGroup(wish)));
        if (verdict.validUntil === null) return;
        const read = syncAt(verdict, new Date(verdict.validUntil.getTime() + later));
        expect(["stale", "unknown"]).toContain(read);
        expect(syncAt(verdict, verdict.validUntil)).toBe(verdict.sync);
      }),
    );
  });
});

describe("since", () => {
  const last = {
    sync: "in_sync",
    syncSince: at(-5_000),
    health: "ok",
    healthSince: at(-9_000),
    lastInSyncAt: at(-60),
  } as const;

  test("is kept while the state stays", () => {
    expect(judged([aGroup()], { last })).toMatchObject({ syncSince: at(-5_000), healthSince: at(-9_000) });
  });

  test("is now when the state changes", () => {
    const verdict = judged([aGroup({ judgement: "drifted", health: "failing" })], { last });
    expect(verdict).toMatchObject({ syncSince: now, healthSince: now, lastInSyncAt: at(-60) });
  });

  test("of silence is when the last report ran out", () => {
    expect(judged([aGroup(silent)], { last })).toMatchObject({ sync: "stale", syncSince: at(-40), validUntil: null });
  });

  test("the last moment in sync is that of the report that says so", () => {
    expect(judged([aGroup({ newestAt: at(-3) })], { last }).lastInSyncAt).toEqual(at(-3));
  });
});

describe("what it rests on", () => {
  test("counts live, silent, unreadable and differing ones apart", () => {
    const verdict = judged([
      aGroup({ instances: 5 }),
      aGroup({ instances: 3, judgement: "drifted", digest: "sha256:b" }),
      aGroup({ instances: 2, judgement: "unreadable", digest: null }),
      aGroup({ instances: 4, ...silent }),
    ]);
    expect(verdict).toMatchObject({ instances: 10, differing: 3, unreadable: 2, silent: 4 });
  });

  test("names digests of live ones, most instances first", () => {
    const verdict = judged([
      aGroup({ instances: 1, digest: "sha256:b", judgement: "drifted" }),
      aGroup({ instances: 5 }),
      aGroup({ instances: 9, digest: "sha256:c", ...silent }),
    ]);
    expect(verdict.observed).toEqual([
      { digest: "sha256:a", instances: 5, sync: "in_sync" },
      { digest: "sha256:b", instances: 1, sync: "drifted" },
    ]);
  });

  test("names the newest report and whose it was", () => {
    const verdict = judged([aGroup(), aGroup({ newestAt: at(-2), newestBy: "pod-9" })]);
    expect(verdict).toMatchObject({ observedAt: at(-2), observedBy: "pod-9" });
  });

  test("ends when the newest report runs out, or sooner when something else ends", () => {
    const groups = [aGroup(), aGroup({ freshUntil: at(90) })];
    expect(judged(groups).validUntil).toEqual(at(90));
    expect(judged(groups, { ends: [at(20), at(-20)] }).validUntil).toEqual(at(20));
  });
});

describe("health", () => {
  test.each([
    [[], "unknown"],
    [["ok", "ok"], "ok"],
    [["ok", "unknown"], "unknown"],
    [["ok", "unknown", "degraded"], "degraded"],
    [["failing", "degraded"], "failing"],
  ] as const)("of %j is %s", (states, worst) => {
    expect(worstHealth(states)).toBe(worst);
  });

  test("has one rank for each state", () => {
    expect([0, 1, 2, 3].map(healthOfRank).toSorted()).toEqual(HEALTH_STATES.toSorted());
  });

  test("is that of live ones alone", () => {
    expect(judged([aGroup(), aGroup({ ...silent, health: "failing" })]).health).toBe("ok");
  });
});

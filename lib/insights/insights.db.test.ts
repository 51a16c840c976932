import { beforeAll, describe, expect, test } from "vitest";
import { suppressFinding } from "#lib/drift/commands/triage-finding.ts";
import { aFleet, type Fleet } from "#lib/drift/testing/fleet.ts";
import { aPatch, aPatchable, at as patchedAt, released } from "#lib/hot-patches/testing/patches.ts";
import { flagOverview } from "#lib/insights/flags.ts";
import { showFrame } from "#lib/insights/frame.ts";
import { showMetrics } from "#lib/insights/metrics.ts";
import { environmentRunning } from "#lib/insights/place.ts";
import { truthBoard } from "#lib/insights/queries.ts";
import { search } from "#lib/insights/search.ts";
import { thresholdHistory } from "#lib/insights/thresholds.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";

const base = "temperature: 0.4\nguardrails:\n  toxicity: 0.7\n";
const declared = { temperature: 0.4, guardrails: { toxicity: 0.7 } };

describe("what runs", () => {
  let fleet: Fleet;
  const start = Date.now();
  const at = (seconds: number) => new Date(start + seconds * 1_000);
  const place = () => ({ system: fleet.house.system, environment: fleet.environment });
  const here = async (now?: Date) => (await environmentRunning(fleet.house.grace, place(), { now })).bundles[0];

  beforeAll(async () => {
    fleet = await aFleet({ base, now: at(-60) });
  });

  test("nobody has reported: the place is unknown, and a runtime is to be connected", async () => {
    await fleet.compare(at(0));
    expect(await here(at(0))).toMatchObject({
      running: { sync: "unknown", instances: 0, worst: null },
      next: { label: "Connect a runtime" },
    });
  });

  test("one of two differs: the board says which severity, who reports, and what to review", async () => {
    await fleet.report({ instance: "pod-1", document: declared, intervalSeconds: 30, health: "ok", now: at(10) });
    await fleet.report({
      instance: "pod-2",
      document: { ...declared, temperature: 0.9 },
      intervalSeconds: 30,
      health: "degraded",
      now: at(11),
    });
    await fleet.compare(at(12));
    const [finding] = await fleet.findings();
    const board = await truthBoard(fleet.house.grace, {}, { now: at(13) });
    const cell = board.find((one) => one.slug === fleet.house.system)?.cells[0];
    expect(cell?.bundles[0]).toMatchObject({
      declared: { semver: "1.0.0" },
      running: { sync: "drifted", health: "degraded", instances: 2, differing: 1, worst: { number: finding?.number } },
      next: { label: `Review F-${finding?.number}` },
    });
    const counts = Object.values(cell?.bundles[0]?.running.findings ?? {});
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  test("who may read nothing of the system sees nothing of it", async () => {
    const stranger = { ...fleet.house.grace, grants: [] };
    await expect(truthBoard(stranger, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await showFrame(stranger, {})).toMatchObject({ openFindings: 0, openHotPatches: 0 });
  });

  test("a verdict that was not made again in time counts for nothing, before any job has noticed", async () => {
    expect((await here(at(60)))?.running.sync).toBe("drifted");
    expect((await here(at(3_600)))?.running.sync).toBe("stale");
  });

  test("a suppressed finding is out of the counts until its day, and back after it", async () => {
    const [finding] = await fleet.findings();
    const until = at(86_400);
    await suppressFinding(
      fleet.house.boss,
      { finding: finding?.number, until: until.toISOString(), reason: "Tried on purpose until tomorrow" },
      { now: at(20) },
    );
    const counts = async (now: Date) => ({
      open: (await showFrame(fleet.house.grace, {}, { now })).openFindings,
      worst: (await here(now))?.running.worst?.number ?? null,
    });
    expect(await counts(at(21))).toEqual({ open: 0, worst: null });
    expect(await counts(until)).toEqual({ open: 1, worst: finding?.number });
  });

  test("drift is counted by day and kind, with how long it took to be seen and to be gone", async () => {
    await fleet.report({ instance: "pod-2", document: declared, intervalSeconds: 30, now: at(40) });
    await fleet.compare(at(41));
    const metrics = await showMetrics(fleet.house.grace, { days: 7, system: fleet.house.system }, { now: at(60) });
    expect(metrics.drift.kinds).toMatchObject([{ kind: "value_changed", opened: 1, resolved: 1, open: 0 }]);
    expect(metrics.drift.days).toHaveLength(7);
    expect(metrics.drift.days.reduce((sum, day) => sum + day.opened, 0)).toBe(1);
    expect(metrics.drift.toRestore).toEqual({ count: 1, median: 29_000, p90: 29_000 });
    expect(metrics.drift.undated + (metrics.drift.toDetect?.count ?? 0)).toBe(1);
  });

  test("the palette finds a finding by its number and by its words, and by no other thing's number", async () => {
    const [finding] = await fleet.findings();
    const find = async (q: string) => (await search(fleet.house.grace, { q })).map((one) => one.href);
    expect(await find(`F-${finding?.number}`)).toEqual([`/drift/${finding?.number}`]);
    expect(await find(`HP-${finding?.number}`)).toEqual([]);
    expect(await find("/temperature")).toEqual([]);
    await fleet.report({ instance: "pod-2", document: { ...declared, temperature: 0.8 }, now: at(50) });
    await fleet.compare(at(51));
    expect(await find("/temperature")).toHaveLength(1);
  });

  test("a system that is not there, or may not be read, has no figures", async () => {
    await expect(showMetrics(fleet.house.grace, { system: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
    await expect(showMetrics(fleet.house.grace, { days: 8 })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("what was declared over time", () => {
  test("every relaxation has its request and approvers; patches shade it; the sum counts from the baseline", async () => {
    const house = await aPatchable();
    await released(house, { base: "temperature: 0.2\nthreshold: 0.75\n", now: patchedAt(10) });
    const { number } = await aPatch(house, {
      changes: [{ pointer: "/threshold", value: 0.72 }],
      minutes: 60,
      now: patchedAt(20),
    });
    const { thresholds } = await thresholdHistory(house.grace, { system: house.system }, { now: patchedAt(30) });
    expect(thresholds).toMatchObject([
      {
        pointer: "/threshold",
        title: "Threshold",
        limit: 0.1,
        places: [
          {
            environment: { slug: "development" },
            baseline: 0.8,
            current: 0.75,
            relaxed: 0.05,
            points: [
              { value: 0.8, relaxation: null },
              { value: 0.75, relaxation: 0.05, approvedBy: ["Grace", "Sam"] },
            ],
            patches: [{ number, value: 0.72, from: patchedAt(20), to: patchedAt(80) }],
          },
        ],
      },
    ]);
    const frame = await showFrame(house.grace, {}, { now: patchedAt(30) });
    expect(frame.openHotPatches).toBe(1);
    const metrics = await showMetrics(house.grace, { system: house.system }, { now: patchedAt(30) });
    expect(metrics.delivery).toMatchObject({ deployments: 0, leadTime: null, failures: { any: 0 } });
    const narrowed = { system: house.system, environment: "development" };
    const development = await showMetrics(house.grace, narrowed, { now: patchedAt(30) });
    expect(development.delivery).toMatchObject({
      deployments: 2,
      failures: { rolledBack: 0, failed: 0, patched: 1, any: 1 },
    });
    expect(development.delivery.leadTime?.count).toBe(2);
  });

  test("flags have an owner, an age and an end, and make a space together with experiments", async () => {
    const fleet = await aFleet({
      rules: {
        parameters: [
          aRule({ pattern: "/flags/*", kind: "flag" }),
          aRule({ pattern: "/experiments/*/variants", kind: "experiment" }),
        ],
      },
      base: [
        "flags:",
        "  photos: { enabled: true, owner: claims, expires: '2099-01-31' }",
        "  welsh: { enabled: false, owner: product, expires: '2098-01-31', description: Answers in Welsh }",
        "experiments:",
        "  length: { variants: [short, long] }",
        "",
      ].join("\n"),
    });
    const { bundles } = await flagOverview(fleet.house.grace, { system: fleet.house.system });
    expect(bundles).toMatchObject([
      {
        slug: "assistant",
        experiments: [{ pointer: "/experiments/length", ways: 3 }],
        space: { size: "12", inWords: "12", effort: "12 minutes" },
        flags: [
          {
            name: "welsh",
            owner: "product",
            description: "Answers in Welsh",
            standing: "fresh",
            settings: [{ environment: "development", setting: "off" }],
          },
          { name: "photos", settings: [{ environment: "development", setting: "on" }] },
        ],
      },
    ]);
    expect(bundles[0]?.flags[0]?.since).toBeInstanceOf(Date);
    const late = new Date("2100-01-01T00:00:00Z");
    const over = await flagOverview(fleet.house.grace, { system: fleet.house.system }, { now: late });
    expect(over.bundles[0]?.flags.map((flag) => flag.standing)).toEqual(["stale", "stale"]);
  });
});

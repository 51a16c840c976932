import { beforeAll, describe, expect, test } from "vitest";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { listComparable } from "./comparable-suggestions.ts";
import { compare } from "./compare.ts";
import type { RuntimeCaller } from "./model.ts";
import { listFleets } from "./queries.ts";
import { listRuntimes, showObservation, showRuntime } from "./queries-instances.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";
import { observe } from "./testing/observing.ts";

const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);
const served = { temperature: 0.4 };
const edited = { temperature: 0.9, extra: true };

let house: House;
let caller: RuntimeCaller;
let production: RuntimeCaller;
beforeAll(async () => {
  house = await aHouse();
  [caller, production] = await Promise.all([aCaller(house.systemId), aCaller(house.systemId, "production")]);
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  await promoted(house, { versions: [version], environment: "development" });
  for (let index = 0; index < 5; index++) {
    const more = { instance: `pod-${index}`, fleet: "eu-west", build: `21${index % 2}`, health: "ok" };
    await observe(caller, served, { ...more, now: at(0) });
  }
  const origins = { "/temperature": "file a" };
  await observe(caller, edited, { instance: "pod-9", fleet: "eu-west", health: "failing", origins, now: at(1) });
  await observe(caller, served, { instance: "old", fleet: "eu-east", now: at(-100) });
  await receiveReport(production, { instance: "blind", fleet: "eu-west", unreadable: "line 3" }, at(0));
});
const now = at(20);
const here = () => ({ system: house.system, environment: "development", bundle: "assistant" });

test("fleets are grouped by what they run, live and silent apart", async () => {
  const fleets = await listFleets(house.ada, { system: house.system }, { now });
  expect(fleets).toMatchObject([
    {
      environment: { slug: "development" },
      fleet: "eu-west",
      digest: digestOf(served),
      instances: 5,
      silent: 0,
      health: { ok: 5, degraded: 0, failing: 0, unknown: 0 },
      builds: ["211", "210"],
      newestReport: at(0),
      isServed: true,
      sync: null,
      hasDocument: true,
    },
    { fleet: "eu-east", instances: 1, silent: 1, health: { ok: 0, unknown: 0 }, isServed: true },
    { fleet: "eu-west", digest: digestOf(edited), instances: 1, health: { failing: 1 }, isServed: false },
    { environment: { slug: "production" }, digest: null, unreadable: "line 3", hasDocument: false, isServed: false },
  ]);
  expect(await listFleets(house.ada, { ...here(), environment: "production" }, { now })).toHaveLength(1);
});

test("what the last comparison found is told with each digest", async () => {
  const observed = [{ digest: digestOf(served), instances: 6, sync: "in_sync" }];
  await database().syncVerdict.updateMany({ where: { environmentId: caller.environmentId }, data: { observed } });
  const fleets = await listFleets(house.ada, here(), { now });
  expect(fleets.map((one) => one.sync)).toEqual(["in_sync", "in_sync", null]);
});

describe("instances", () => {
  const names = async (filter: Readonly<Record<string, unknown>>) => {
    const { items } = await listRuntimes(house.ada, { system: house.system, ...filter }, { now });
    return items.map((one) => one.instance).toSorted();
  };
  test.each([
    ["an environment", { environment: "production" }, ["blind"]],
    ["a fleet", { fleet: "eu-east" }, ["old"]],
    ["a digest", { digest: digestOf(edited) }, ["pod-9"]],
    ["a health", { health: "failing" }, ["pod-9"]],
    ["silence", { silent: "yes" }, ["old"]],
    ["no silence", { silent: "no", environment: "development", health: "unknown" }, []],
    ["a bundle that nothing runs", { bundle: "ranker" }, []],
  ])("are found by %s", async (_, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test("come page by page, each once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRuntimes(house.ada, { system: house.system, limit: 3, cursor }, { now });
      seen.push(...page.items.map((one) => one.instance));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
  });

  test("one shows what it last said and what it was the first to report", async () => {
    const { id } = await database().runtime.findFirstOrThrow({
      where: { instance: "pod-9", systemId: house.systemId },
    });
    expect(await showRuntime(house.ada, { runtime: id }, { now })).toMatchObject({
      instance: "pod-9",
      system: { slug: house.system },
      digest: digestOf(edited),
      servedDigest: digestOf(served),
      isSilent: false,
      silentFrom: at(61),
      hasDocument: true,
      firstReported: [{ digest: digestOf(edited) }],
      can: { retire: false },
    });
    expect(await showRuntime(house.ada, { runtime: id }, { now: at(62) })).toMatchObject({ can: { retire: true } });
  });

  test("those of systems that one may not read are not there", async () => {
    const other = await aHouse();
    expect((await listRuntimes(other.ada, {}, { now })).items).toEqual([]);
    expect(await listFleets(other.ada, {}, { now })).toEqual([]);
    const { id } = await database().runtime.findFirstOrThrow({ where: { systemId: house.systemId } });
    for (const runtime of [id, "01939d3a-0000-7000-8000-000000000000"]) {
      const missing = { code: "not_found", message: "This instance is not known any more" };
      await expect(showRuntime(other.ada, { runtime }, { now })).rejects.toMatchObject(missing);
    }
  });
});

test("the document of a digest tells where its values came from and who runs it", async () => {
  expect(await showObservation(house.ada, { ...here(), digest: digestOf(edited) }, { now })).toMatchObject({
    document: edited,
    origins: { "/temperature": "file a" },
    reportedBy: "pod-9",
    firstSeenAt: at(1),
    lastSeenAt: at(1),
    instances: 1,
    isServed: false,
  });
  const unknown = { ...here(), digest: digestOf({ nothing: true }) };
  await expect(showObservation(house.ada, unknown, { now })).rejects.toMatchObject({ code: "not_found" });
  const { ada: stranger } = await aHouse();
  const there = { ...here(), digest: digestOf(edited) };
  await expect(showObservation(stranger, there, { now })).rejects.toMatchObject({ code: "not_found" });
});

describe("comparing what runs", () => {
  const place = () => `${house.system}/development/assistant`;
  const snapshot = async () => {
    const { number } = await database().snapshot.findFirstOrThrow({ where: { systemId: house.systemId } });
    return `snapshot:${number}`;
  };
  const seen = (digest: string) => `observed:${place()}@${digest}`;

  test("with what is declared, with another state, and with what one instance runs", async () => {
    const { id } = await database().runtime.findFirstOrThrow({
      where: { instance: "pod-9", systemId: house.systemId },
    });
    for (const right of [seen(digestOf(edited)), `instance:${id}`]) {
      for (const left of [`environment:${place()}`, seen(digestOf(served)), await snapshot()]) {
        const { rows, isSame, texts } = await compare(house.ada, { left, right }, { now });
        expect(isSame).toBe(false);
        expect(rows.map((row) => row.pointer).toSorted()).toEqual(["/extra", "/temperature"]);
        expect(texts).toMatchObject([{ layer: "effective", after: expect.stringContaining("temperature: 0.9") }]);
      }
    }
    expect(await compare(house.ada, { left: seen(digestOf(served)), right: `environment:${place()}` })).toMatchObject({
      isSame: true,
      rows: [],
    });
  });

  test("what nobody reported, or an instance that can't be read, is told apart", async () => {
    const left = `environment:${place()}`;
    await expect(compare(house.ada, { left, right: seen(digestOf({ no: 1 })) })).rejects.toMatchObject({
      message: expect.stringMatching(/^No runtime of assistant in development reported [0-9a-f]{12}/),
    });
    const { id } = await database().runtime.findFirstOrThrow({
      where: { instance: "blind", systemId: house.systemId },
    });
    await expect(compare(house.ada, { left, right: `instance:${id}` })).rejects.toMatchObject({
      message: "What blind runs could not be read",
    });
  });

  test("what was seen in a system that one may not read is refused", async () => {
    const other = await aHouse();
    const left = seen(digestOf(served));
    await expect(compare(other.ada, { left, right: left })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a hot-patch in force is part of what an environment declares", async () => {
    const patched = {
      changes: [{ pointer: "/temperature", value: 0.7 }],
      incident: "INC-7",
      level: "sev2",
      minutes: 60,
    };
    const { name } = await fileHotPatch(house.boss, { ...here(), ...patched, reason: "Because of this test" }, { now });
    const left = await snapshot();
    const compared = await compare(house.ada, { left, right: `environment:${place()}` }, { now });
    expect(compared.right.label).toBe(`Development now · assistant 1.0.0 with ${name}`);
    expect(compared.rows.map((row) => [row.pointer, row.after])).toEqual([["/temperature", 0.7]]);
    const over = await compare(house.ada, { left, right: `environment:${place()}` }, { now: at(7_200) });
    expect(over).toMatchObject({ isSame: true, rows: [] });
  });

  test("what runs is suggested, that of most instances first", async () => {
    const suggested = (await listComparable(house.ada, {})).filter((one) => one.group === "Running now");
    expect(suggested).toEqual([
      {
        value: seen(digestOf(served)),
        label: `assistant in Development, ${digestOf(served).slice(7, 19)} on 6 instances`,
        group: "Running now",
      },
      {
        value: seen(digestOf(edited)),
        label: `assistant in Development, ${digestOf(edited).slice(7, 19)} on 1 instance`,
        group: "Running now",
      },
    ]);
  });
});

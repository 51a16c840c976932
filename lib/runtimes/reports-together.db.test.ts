import { beforeEach, expect, test } from "vitest";
import { aHouse } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database, isDataFault } from "#lib/platform/db.ts";
import type { RuntimeCaller } from "./model.ts";
import type { Report } from "./report.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";
import { aReport, marksOf, observationsOf, runtimesOf } from "./testing/observing.ts";
import { writeReports } from "./write-reports.ts";

const start = new Date("2027-01-04T09:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const running = { temperature: 0.9 };

let caller: RuntimeCaller;
beforeEach(async () => {
  caller = await aCaller((await aHouse()).systemId);
});

/** Transactions that wrote what is kept of the instances: each row names the one that wrote it. */
async function transactions(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT xmin::text)::int AS count FROM runtime WHERE environment_id = ${caller.environmentId}::uuid`;
  return row?.count ?? 0;
}

const crowd = (seconds: number) =>
  Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      receiveReport(caller, aReport(running, { instance: `pod-${index}`, document: running }), at(seconds)),
    ),
  );

test("two hundred at once are written in a few transactions, and each is kept when it is answered", async () => {
  const answers = await crowd(0);
  expect(answers).toHaveLength(200);
  expect((await runtimesOf(caller)).length).toBe(200);
  expect(await observationsOf(caller)).toHaveLength(1);
  expect(await transactions()).toBeLessThanOrEqual(4);
  expect(await marksOf(caller)).toBeLessThanOrEqual(8);
});

test("two hundred heartbeats at once are a few transactions, and compare nothing", async () => {
  await crowd(0);
  const before = await marksOf(caller);
  await crowd(30);
  expect(await transactions()).toBeLessThanOrEqual(4);
  expect(await marksOf(caller)).toBe(before);
  expect((await runtimesOf(caller)).every((one) => one.lastSeenAt.getTime() === at(30).getTime())).toBe(true);
});

test("many reports of one instance at once leave the last one, and every document", async () => {
  const documents = Array.from({ length: 20 }, (_, index) => ({ temperature: index }));
  await Promise.all(
    documents.map((document, index) => receiveReport(caller, aReport(document, { document }), at(index))),
  );
  expect(await runtimesOf(caller)).toMatchObject([{ digest: digestOf({ temperature: 19 }), lastSeenAt: at(19) }]);
  expect(await observationsOf(caller)).toHaveLength(20);
});

async function asWritten(document: { readonly temperature: number }, seconds: number): Promise<Report> {
  const { id: bundleId } = await database().bundle.findFirstOrThrow({ where: { systemId: caller.systemId } });
  return {
    key: "the one",
    at: at(seconds),
    systemId: caller.systemId,
    environmentId: caller.environmentId,
    bundleId,
    instance: "pod-1",
    fleet: "default",
    digest: digestOf(document),
    unreadable: null,
    document,
    origins: {},
    models: [],
    modelsDigest: digestOf([]),
    build: null,
    health: "ok",
    healthNote: null,
    client: null,
    intervalSeconds: 30,
    restored: null,
    isStopping: false,
    weight: 1_024,
  };
}

test("of two processes that write one instance at once, the newer report stays", async () => {
  for (let round = 0; round < 20; round++) {
    const older = await asWritten({ temperature: round }, round * 10);
    const newer = await asWritten({ temperature: round + 0.5 }, round * 10 + 1);
    await Promise.all(
      round % 2 === 0 ? [writeReports([older]), writeReports([newer])] : [writeReports([newer]), writeReports([older])],
    );
    expect(await runtimesOf(caller)).toMatchObject([{ digest: newer.digest, lastSeenAt: newer.at }]);
  }
});

test("processes that write the same instances in different orders do not stand in each other's way", async () => {
  const ordered = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => ({
      ...(await asWritten({ temperature: index }, index)),
      key: `${index}`,
      instance: `pod-${index}`,
    })),
  );
  await Promise.all([ordered, ordered.toReversed(), ordered, ordered.toReversed()].map((some) => writeReports(some)));
  expect(await runtimesOf(caller)).toHaveLength(30);
});

test("a report that the database refuses fails alone", async () => {
  const stranger = { ...caller, environmentId: "nowhere" };
  const all = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) =>
      receiveReport(index === 17 ? stranger : caller, aReport(running, { instance: `pod-${index}` }), at(0)),
    ),
  );
  expect(all.flatMap((one, index) => (one.status === "rejected" ? [index] : []))).toEqual([17]);
  const failed = all[17];
  expect(failed?.status === "rejected" && isDataFault(failed.reason)).toBe(true);
  expect(await runtimesOf(caller)).toHaveLength(39);
});

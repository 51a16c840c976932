import { beforeEach, expect, test } from "vitest";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import type { RuntimeCaller } from "./model.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";

const start = new Date("2027-01-04T09:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

let house: House;
let caller: RuntimeCaller;
beforeEach(async () => {
  house = await aHouse();
  caller = await aCaller(house.systemId);
});

const someDocument = { temperature: 0.9 };
const aReport = (more: Record<string, unknown> = {}) => ({
  instance: "pod-1",
  digest: digestOf(someDocument),
  ...more,
});

async function runtimes() {
  return database().runtime.findMany({ where: { systemId: house.systemId }, orderBy: { instance: "asc" } });
}
async function observations() {
  return database().observation.findMany({ where: { environmentId: caller.environmentId } });
}
/** How often the place was marked for comparison. */
async function marks() {
  const verdict = await database().syncVerdict.findFirst({ where: { environmentId: caller.environmentId } });
  return verdict?.isDirty ? verdict.revision : 0;
}

test("a digest alone is taken, its document asked for, taken once, and not asked for again", async () => {
  expect(await receiveReport(caller, aReport(), at(0))).toEqual({
    accepted: true,
    wantsDocument: true,
    digest: null,
    restore: null,
  });
  expect(await marks()).toBe(1);
  const sent = await receiveReport(
    caller,
    aReport({ document: someDocument, origins: { "/temperature": "file a" } }),
    at(1),
  );
  expect(sent.wantsDocument).toBe(false);
  expect(await marks()).toBe(2);
  expect(await observations()).toMatchObject([
    { document: someDocument, origins: { "/temperature": "file a" }, reportedBy: "pod-1", firstSeenAt: at(1) },
  ]);
  expect((await receiveReport(caller, aReport({ instance: "pod-2" }), at(2))).wantsDocument).toBe(false);
  expect(await runtimes()).toMatchObject([
    { instance: "pod-1", fleet: "default", health: "unknown", firstSeenAt: at(0), lastSeenAt: at(1), changedAt: at(0) },
    { instance: "pod-2", lastSeenAt: at(2) },
  ]);
});

test("a heartbeat moves when the instance was seen, and nothing else", async () => {
  await receiveReport(caller, aReport({ document: someDocument }), at(0));
  const before = await marks();
  await receiveReport(caller, aReport(), at(30));
  expect(await runtimes()).toMatchObject([{ lastSeenAt: at(30), changedAt: at(0) }]);
  expect(await marks()).toBe(before);
});

import { beforeEach, expect, test } from "vitest";
import { aHouse, type House } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { retireRuntime } from "./commands.ts";
import { forgetTelemetry } from "./jobs.ts";
import type { RuntimeCaller } from "./model.ts";
import { aCaller } from "./testing/callers.ts";
import { marksOf, observationsOf, observe, runtimesOf } from "./testing/observing.ts";

const start = new Date("2027-01-04T09:00:00Z");
const day = (days: number) => new Date(start.getTime() + days * 86_400_000);
const reason = "Because of this test";

let house: House;
let caller: RuntimeCaller;
beforeEach(async () => {
  await database().runtime.deleteMany();
  await database().observation.deleteMany();
  house = await aHouse();
  caller = await aCaller(house.systemId);
});

test("an instance that is silent for longer than a week is let go, one that reported later is not", async () => {
  await observe(caller, { a: 1 }, { now: day(0), instance: "gone" });
  await observe(caller, { a: 1 }, { now: day(1), instance: "there" });
  const before = await marksOf(caller);
  expect(await forgetTelemetry(day(7.5))).toEqual({ instances: 1, documents: 0 });
  expect((await runtimesOf(caller)).map((one) => one.instance)).toEqual(["there"]);
  expect(await marksOf(caller)).toBe(before + 1);
  expect(await forgetTelemetry(day(7.5))).toEqual({ instances: 0, documents: 0 });
  expect(await marksOf(caller)).toBe(before + 1);
});

test("a document is kept while an instance runs it, and for thirty days after the last one did", async () => {
  await observe(caller, { a: 1 }, { now: day(0) });
  await observe(caller, { a: 1 }, { now: day(40) });
  expect(await forgetTelemetry(day(41))).toEqual({ instances: 0, documents: 0 });
  await observe(caller, { a: 2 }, { now: day(42) });
  expect(await forgetTelemetry(day(69))).toMatchObject({ documents: 0 });
  expect(await forgetTelemetry(day(71))).toMatchObject({ documents: 1 });
  expect((await observationsOf(caller)).map((one) => one.digest)).toEqual([digestOf({ a: 2 })]);
  expect(await forgetTelemetry(day(71))).toMatchObject({ documents: 0 });
});

test("two at once let go of each only once", async () => {
  for (let index = 0; index < 20; index++) await observe(caller, { a: 1 }, { now: day(0), instance: `pod-${index}` });
  const both = await Promise.all([forgetTelemetry(day(8)), forgetTelemetry(day(8))]);
  expect(both.map((one) => one.instances).toSorted((a, b) => a - b)).toEqual([0, 20]);
});

test("a person retires a silent instance at once, and the log says who and why", async () => {
  await observe(caller, { a: 1 }, { now: day(0) });
  const [runtime] = await runtimesOf(caller);
  const before = await marksOf(caller);
  await retireRuntime(house.ada, { runtime: runtime?.id, reason }, { now: day(1) });
  expect(await runtimesOf(caller)).toEqual([]);
  expect(await marksOf(caller)).toBe(before + 1);
  expect(
    await database().auditEvent.findFirst({ where: { action: "runtime.retired", systemId: house.systemId } }),
  ).toMatchObject({
    environment: "development",
    reason,
    summary: "Ada retired pod-1 of default, silent since 2027-01-04T09:00:00.000Z",
  });
  await expect(retireRuntime(house.ada, { runtime: runtime?.id, reason }, { now: day(1) })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("an instance that still reports is not retired", async () => {
  await observe(caller, { a: 1 }, { now: day(0) });
  const [runtime] = await runtimesOf(caller);
  const soon = new Date(start.getTime() + 60_000);
  await expect(retireRuntime(house.ada, { runtime: runtime?.id, reason }, { now: soon })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^pod-1 is not silent: it reported at 2027-01-04T09:00:00/),
  });
  expect(await runtimesOf(caller)).toHaveLength(1);
});

import { describe, expect, test, vi } from "vitest";
import { database } from "#lib/platform/db.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { declaredState } from "#lib/runtimes/declared.ts";
import { makePermanent, revertHotPatch } from "./commands/decide-follow-up.ts";
import { clockOf, eventsOf, keeping, placeOf, served, stored } from "./testing/observing.ts";
import { aPatch, aPatchable, at, hours } from "./testing/patches.ts";

const reason = "Because of this test";

describe("expiry is a property of the data", () => {
  test("to the millisecond, with no job having run", async () => {
    const house = await aPatchable();
    await aPatch(house, { minutes: 60 });
    const place = await placeOf(house);
    const before = await declaredState(database(), place, new Date(at(60).getTime() - 1));
    expect(before?.declared).toMatchObject({ temperature: 0.9 });
    expect(before?.served).toEqual(before?.declared);
    expect(before?.validUntil).toEqual(at(60));
    const after = await declaredState(database(), place, at(60));
    expect(after).toMatchObject({ declared: { temperature: 0.2 }, patches: [], validUntil: null });
    expect(after?.servedDigest).toBe(after?.snapshot.effectiveDigest);
  });

  test("where policy keeps it, it is served and no longer declared", async () => {
    const house = await aPatchable(keeping);
    const { number } = await aPatch(house, { minutes: 60 });
    const state = await declaredState(database(), await placeOf(house), at(60));
    expect(state).toMatchObject({ declared: { temperature: 0.2 }, served: { temperature: 0.9 } });
    expect(await clockOf(number, at(61))).toEqual(["followUp.page"]);
    expect((await stored(number)).state).toBe("active");
    await revertHotPatch(house.rita, { number, reason }, { now: at(90) });
    expect(await served(house, at(90))).toMatchObject({ temperature: 0.2 });
    expect(await stored(number)).toMatchObject({ state: "reverted", endedAt: at(90) });
  });

  test("kept for a request that was closed, it goes", async () => {
    const house = await aPatchable(keeping);
    const { number } = await aPatch(house, { minutes: 60 });
    const { change } = await makePermanent(house.rita, { number, reason }, { now: at(30) });
    expect(await clockOf(number, at(61))).toEqual([]);
    await closeChange(house.rita, { number: change, reason }, { now: at(62) });
    expect(await clockOf(number, at(63))).toEqual(["hotPatch.settle"]);
    expect((await stored(number)).state).toBe("reverted");
    expect(await served(house, at(63))).toMatchObject({ temperature: 0.2 });
  });
});

describe("the clock's work", () => {
  test("warns at half time, one hour and fifteen minutes before, once each, and then writes the end down", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const done: (readonly string[])[] = [];
    for (const minutes of [119, 120, 121, 180, 225, 226, 240, 241]) done.push(await clockOf(number, at(minutes)));
    const warn = ["hotPatch.warn"];
    const end = ["hotPatch.settle", "followUp.page"];
    expect(done).toEqual([[], warn, [], warn, warn, [], end, []]);
    expect(await stored(number)).toMatchObject({
      state: "reverted",
      endedAt: at(240),
      endedBy: "Plumbline",
      followUp: { state: "open" },
    });
    const alerts = await database().alert.findMany({
      where: { href: `/hot-patches/${number}` },
      orderBy: { id: "asc" },
    });
    expect(alerts.map((alert) => alert.key.split("/").slice(2).join("/")).toSorted()).toEqual([
      "ended",
      "follow_up/0",
      "in_force",
      "warned/0/fifteen_minutes",
      "warned/0/half_time",
      "warned/0/one_hour",
    ]);
  });

  test("a worker that was down for three days catches up: the end is when it was, and one page stands for all", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    expect(await served(house, at(hours(72)))).toMatchObject({ temperature: 0.2 });
    const done = await clockOf(number, at(hours(76)));
    expect(done).toEqual(["hotPatch.settle", "followUp.page", "hotPatch.escalateReview"]);
    expect(await stored(number)).toMatchObject({ state: "reverted", endedAt: at(240), warned: [] });
    expect(await eventsOf(number)).toEqual(["filed", "activated", "reverted", "paged", "paged"]);
    expect(await clockOf(number, at(hours(76) + 1))).toEqual([]);
  });

  test("two workers at once do everything once", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const done = (
      await Promise.all([clockOf(number, at(241)), clockOf(number, at(241)), clockOf(number, at(241))])
    ).flat();
    expect(done.filter((one) => one === "hotPatch.settle")).toEqual(["hotPatch.settle"]);
    const told = await database().alert.findMany({ where: { href: `/hot-patches/${number}` } });
    expect(new Set(told.map((alert) => alert.key)).size).toBe(told.length);
    expect((await eventsOf(number)).filter((kind) => kind === "reverted")).toHaveLength(1);
  });

  test("a crash between the revert and its record leaves neither half: the next turn records it", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const alerts = await import("#lib/alerts/raise.ts");
    const crash = vi.spyOn(alerts, "raiseAlert").mockRejectedValue(new Error("the process was killed"));
    try {
      expect(await clockOf(number, at(241))).toEqual([]);
    } finally {
      crash.mockRestore();
    }
    expect(await stored(number)).toMatchObject({ state: "active", endedAt: null });
    expect(await served(house, at(241))).toMatchObject({ temperature: 0.2 });
    expect(await clockOf(number, at(242))).toContain("hotPatch.settle");
    expect(await eventsOf(number)).toEqual(["filed", "activated", "reverted", "paged"]);
  });

  test("a clock that jumps back undoes nothing", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    await clockOf(number, at(241));
    expect(await clockOf(number, at(10))).toEqual([]);
    expect((await stored(number)).state).toBe("reverted");
    expect(await served(house, at(10))).toMatchObject({ temperature: 0.2 });
  });

  test("a request that nobody answers lapses after an hour", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { by: house.ada });
    expect(await clockOf(number, at(59))).toEqual([]);
    expect(await clockOf(number, at(60))).toEqual(["hotPatch.lapse"]);
    expect(await stored(number)).toMatchObject({ state: "lapsed", followUp: { state: "decided" } });
    expect(await clockOf(number, at(hours(100)))).toEqual([]);
  });

  test("pages every half hour until it is decided", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    await clockOf(number, at(61));
    const pages: number[] = [];
    for (const minutes of [65, 90, 91, 120, 150]) {
      if ((await clockOf(number, at(minutes))).includes("followUp.page")) pages.push(minutes);
    }
    expect(pages).toEqual([90, 120, 150]);
    await revertHotPatch(house.rita, { number, reason }, { now: at(151) });
    expect(await clockOf(number, at(200))).toEqual([]);
    expect((await stored(number)).state).toBe("reverted");
  });
});

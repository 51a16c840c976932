import { describe, expect, test } from "vitest";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aChange, aPromotion, approve, blockersOf, stateOf } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { settleHotPatch } from "./commands/carry-out.ts";
import { revertHotPatch } from "./commands/decide-follow-up.ts";
import { reviewHotPatch } from "./commands/review-hot-patch.ts";
import { clockOf, refusalOf, running, served, stored } from "./testing/observing.ts";
import { aPatch, aPatchable, at, BASE, hours, released, START } from "./testing/patches.ts";

const reason = "Because of this test";

describe("what runtimes report at the end", () => {
  test("those that still run it are waited for, then people must look", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    const document = await served(house, at(10));
    const report = (minutes: number) => running(house, "pod-1", { document, now: at(minutes) });
    await report(60);
    expect(await clockOf(number, at(60))).not.toContain("hotPatch.settle");
    await report(69.9);
    expect(await clockOf(number, at(69.9))).not.toContain("hotPatch.settle");
    await report(70);
    expect(await clockOf(number, at(70))).toContain("hotPatch.settle");
    expect(await stored(number)).toMatchObject({ state: "escalated", endedAt: at(70) });
  });

  test("once they run what is declared, it is reverted", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    await running(house, "pod-1", { document: await served(house, at(10)), now: at(60) });
    await clockOf(number, at(60));
    await running(house, "pod-1", { document: await served(house, at(61)), now: at(61) });
    expect(await clockOf(number, at(61))).toContain("hotPatch.settle");
    expect(await stored(number)).toMatchObject({
      state: "reverted",
      endedAt: at(60),
      endNote: "The live runtime reports what is declared",
    });
  });

  test("a value that is neither the patched nor the declared one is escalated", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    const document = { ...(await served(house, at(10))), temperature: 1.3 };
    await running(house, "pod-1", { document, now: at(60) });
    await clockOf(number, at(60));
    const { state, endNote } = await stored(number);
    expect(state).toBe("escalated");
    expect(endNote).toContain("/temperature");
    const { severity } = await database().alert.findFirstOrThrow({
      where: { key: { endsWith: "/ended" }, href: `/hot-patches/${number}` },
    });
    expect(severity).toBe("critical");
  });

  test("one that went silent says nothing", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    await running(house, "pod-1", { document: await served(house, at(10)), now: at(30) });
    expect(await clockOf(number, at(60))).toContain("hotPatch.settle");
    expect((await stored(number)).state).toBe("reverted");
  });
});

describe("a promotion meanwhile", () => {
  test("that declares the same value absorbs the patch and decides its follow-up, in its own transaction", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const promotion = await released(house, { base: BASE.replace("0.2", "0.9"), now: at(30) });
    const request = await database().changeRequest.findUniqueOrThrow({ where: { number: promotion } });
    expect(await stored(number)).toMatchObject({
      state: "absorbed",
      endedAt: at(30),
      followUp: { state: "decided", decision: "make_permanent", changeRequestId: request.id },
    });
    const snapshot = await database().snapshot.findFirstOrThrow({
      where: { systemId: house.systemId },
      orderBy: { number: "desc" },
    });
    expect(snapshot.underHotPatch).toBe(false);
    expect(await clockOf(number, at(hours(5)))).toEqual([]);
  });

  test("of something else leaves it on top, marks the snapshot, and says so before", async () => {
    const house = await aPatchable();
    const { number, name } = await aPatch(house);
    const { number: version } = await aChange(house, { base: BASE.replace("0.2", "0.4"), now: at(30) });
    await approve(house.grace, version, at(30));
    const { produced } = await applyChange(house.boss, { number: version }, { now: at(30) });
    const wish = { versions: [produced[0]?.id ?? ""], environment: "development", now: at(30) };
    const promotion = await aPromotion(house, wish);
    await approve(house.grace, promotion.number, at(30));
    await applyChange(house.boss, { number: promotion.number }, { now: at(30) });
    const { gateReport } = await database().changeRequest.findUniqueOrThrow({ where: { number: promotion.number } });
    const { checks } = gateReport as { checks: { id: string; isBlocking: boolean; items: { message: string }[] }[] };
    const row = checks.find((check) => check.id === "hot_patches");
    expect(row?.isBlocking).toBe(false);
    expect(row?.items[0]?.message).toContain(`${name} (INC-42) stays in force`);
    expect(row?.items[0]?.message).toContain("/temperature stays 0.9 where this declares 0.4");
    const snapshot = await database().snapshot.findFirstOrThrow({
      where: { systemId: house.systemId },
      orderBy: { number: "desc" },
    });
    expect(snapshot.underHotPatch).toBe(true);
    expect(await served(house, at(31))).toMatchObject({ temperature: 0.9 });
    await clockOf(number, at(241));
    expect((await stored(number)).state).toBe("reverted");
    expect(await served(house, at(241))).toMatchObject({ temperature: 0.4 });
  });

  test("is blocked while a follow-up or a review is overdue; a rollback is not", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    const change = await aChange(house, { base: BASE.replace("0.2", "0.4"), now: at(30) });
    await approve(house.grace, change.number, at(30));
    const { produced } = await applyChange(house.boss, { number: change.number }, { now: at(30) });
    const wish = { versions: [produced[0]?.id ?? ""], environment: "development", now: at(59) };
    const promotion = await aPromotion(house, wish);
    await approve(house.grace, promotion.number, at(59));
    expect(await blockersOf(house.boss, promotion.number, at(60))).toEqual(["follow_ups"]);
    await revertHotPatch(house.rita, { number, reason }, { now: at(61) });
    expect(await blockersOf(house.boss, promotion.number, at(hours(25)))).toEqual(["follow_ups"]);
    await reviewHotPatch(house.grace, { number, verdict: "sound", note: reason }, { now: at(hours(25)) });
    expect(await blockersOf(house.boss, promotion.number, at(hours(25)))).toEqual([]);
    expect(await stateOf(promotion.number)).toBe("applied");
  });
});

test("nothing is settled before its time, nor twice", async () => {
  const house = await aPatchable();
  const { number } = await aPatch(house);
  expect((await refusalOf(settleHotPatch(house.boss, { number }, { now: START }))).code).toBe("conflict");
  await settleHotPatch(house.boss, { number }, { now: at(240) });
  expect((await refusalOf(settleHotPatch(house.boss, { number }, { now: at(241) }))).code).toBe("conflict");
});

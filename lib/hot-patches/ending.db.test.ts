import { describe, expect, test, vi } from "vitest";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aChange, aPromotion, approve, blockersOf, stateOf } from "#lib/gates/testing/house.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { newId } from "#lib/kernel/id.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { declaredState } from "#lib/runtimes/declared.ts";
import { DEFAULT_OPERATION } from "#lib/systems/operations.ts";
import { settleHotPatch } from "./commands/carry-out.ts";
import { makePermanent, reassignFollowUp, revertHotPatch } from "./commands/decide-follow-up.ts";
import { extendHotPatch } from "./commands/extend-hot-patch.ts";
import { reviewHotPatch } from "./commands/review-hot-patch.ts";
import { carryOut } from "./jobs.ts";
import { aPatch, aPatchable, at, BASE, hours, type PatchHouse, released, START } from "./testing/patches.ts";

async function refusalOf(act: Promise<unknown>): Promise<Refusal> {
  const error = await act.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  if (error instanceof Refusal) return error;
  throw error;
}

const stored = (number: number) =>
  database().hotPatch.findUniqueOrThrow({ where: { number }, include: { followUp: true } });
const reason = "Because of this test";

async function placeOf(house: PatchHouse) {
  const bundle = await database().bundle.findFirstOrThrow({ where: { systemId: house.systemId } });
  const environment = await database().environment.findFirstOrThrow({
    where: { systemId: house.systemId, slug: "development" },
  });
  return { bundleId: bundle.id, environmentId: environment.id };
}

async function eventsOf(number: number): Promise<readonly string[]> {
  const { id } = await stored(number);
  const rows = await database().hotPatchEvent.findMany({ where: { hotPatchId: id }, orderBy: { id: "asc" } });
  return rows.map((row) => row.kind);
}

/** A runtime that reported this document a moment ago. */
async function running(house: PatchHouse, instance: string, { document, now }: { document: JsonObject; now: Date }) {
  const place = await placeOf(house);
  const digest = digestOf(document);
  await database().runtime.upsert({
    where: { environmentId_bundleId_instance: { ...place, instance } },
    create: {
      ...place,
      id: newId(now),
      systemId: house.systemId,
      fleet: "test",
      instance,
      digest,
      modelsDigest: "",
      health: "ok",
      intervalSeconds: 30,
      firstSeenAt: now,
      lastSeenAt: now,
      changedAt: now,
    },
    update: { digest, lastSeenAt: now },
  });
  await database().observation.upsert({
    where: { environmentId_bundleId_digest: { ...place, digest } },
    create: { ...place, digest, document, reportedBy: instance, firstSeenAt: now, lastSeenAt: now },
    update: { lastSeenAt: now },
  });
}

async function served(house: PatchHouse, now: Date): Promise<JsonObject> {
  const state = await declaredState(database(), await placeOf(house), now);
  if (!state) throw new Error("Nothing is declared");
  return state.served;
}

/** What the clock does with one patch; others of this file have their own. */
async function clockOf(number: number, now: Date): Promise<readonly string[]> {
  const done = await carryOut(now);
  return done.filter((one) => one.endsWith(` ${number}`)).map((one) => one.split(" ")[0] ?? "");
}

const keeping = {
  operations: [{ ...DEFAULT_OPERATION, hotPatch: { ...DEFAULT_OPERATION.hotPatch, revertsAtExpiry: false } }],
};

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
    expect(alerts.map((alert) => alert.key.split("/").slice(2).join("/"))).toEqual([
      "in_force",
      "warned/0/half_time",
      "warned/0/one_hour",
      "warned/0/fifteen_minutes",
      "ended",
      "follow_up/0",
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

describe("the follow-up", () => {
  test("made permanent opens a request with the values, which its filer cannot approve and which absorbs the patch", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const { change } = await makePermanent(house.omar, { number, reason }, { now: at(20) });
    const request = await database().changeRequest.findUniqueOrThrow({ where: { number: change } });
    expect(request).toMatchObject({ state: "open", incident: "INC-42", kind: "version" });
    expect(request.contributors).toEqual(expect.arrayContaining([house.rita.id, house.omar.id]));
    expect(await stored(number)).toMatchObject({
      state: "active",
      followUp: { state: "decided", decision: "make_permanent", changeRequestId: request.id },
    });
    await approve(house.grace, change, at(21));
    const { produced } = await applyChange(house.boss, { number: change }, { now: at(22) });
    const promotion = await aPromotion(house, {
      versions: [produced[0]?.id ?? ""],
      environment: "development",
      now: at(23),
    });
    await approve(house.grace, promotion.number, at(24));
    await applyChange(house.boss, { number: promotion.number }, { now: at(25) });
    expect((await stored(number)).state).toBe("absorbed");
    expect(await served(house, at(hours(10)))).toMatchObject({ temperature: 0.9 });
  });

  test("is decided once", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const both = await Promise.allSettled([
      revertHotPatch(house.rita, { number, reason }, { now: at(20) }),
      makePermanent(house.omar, { number, reason }, { now: at(20) }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await refusalOf(revertHotPatch(house.rita, { number, reason }, { now: at(21) }))).code).toBe("conflict");
  });

  test("reverted takes the patch back at once", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    await revertHotPatch(house.rita, { number, reason }, { now: at(20) });
    expect(await served(house, at(20))).toMatchObject({ temperature: 0.2 });
    expect(await stored(number)).toMatchObject({
      state: "reverted",
      endedAt: at(20),
      followUp: { decision: "revert" },
    });
  });

  test("is given only to somebody who can decide it", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const give = (personId: string) => reassignFollowUp(house.rita, { number, personId, reason }, { now: at(10) });
    expect((await refusalOf(give(house.grace.id))).code).toBe("invalid");
    expect((await refusalOf(give(house.rita.id))).code).toBe("conflict");
    await give(house.omar.id);
    expect((await stored(number)).followUp?.ownerName).toBe("Omar");
  });
});

describe("extending and reviewing", () => {
  test("twice at most, by others in turn, each counted from now and never past 72 hours", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const extend = (by: typeof house.rita, minutes: number, now: number) =>
      extendHotPatch(by, { number, minutes, reason: `Still going on at minute ${now}` }, { now: at(now) });
    expect((await refusalOf(extend(house.rita, 300, 100))).code).toBe("forbidden");
    expect((await extend(house.grace, 300, 100)).expiresAt).toEqual(at(400));
    expect((await refusalOf(extend(house.grace, 900, 200))).code).toBe("forbidden");
    expect((await extend(house.sam, 1_440, 399)).expiresAt).toEqual(at(399 + 1_440));
    expect((await refusalOf(extend(house.omar, 1_440, 1_000))).code).toBe("conflict");
    expect((await stored(number)).followUp?.dueAt).toEqual(at(399 + 1_440));
    expect((await stored(number)).changes).toEqual([{ pointer: "/temperature", before: 0.2, after: 0.9 }]);
  });

  test("not once it is over, though no job has run", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 60 });
    const input = { number, minutes: 60, reason: "A moment too late" };
    expect((await refusalOf(extendHotPatch(house.grace, input, { now: at(60) }))).code).toBe("conflict");
  });

  test("an extension starts the warnings anew", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { minutes: 120 });
    expect(await clockOf(number, at(61))).toEqual(["hotPatch.warn"]);
    await extendHotPatch(house.grace, { number, minutes: 200, reason: "The cause is not found" }, { now: at(70) });
    expect(await clockOf(number, at(75))).toEqual([]);
    expect(await clockOf(number, at(170))).toEqual(["hotPatch.warn"]);
  });

  test("a review is by somebody who had no part, once, and an objection reaches those concerned", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const review = (by: typeof house.rita) =>
      reviewHotPatch(by, { number, verdict: "objected", note: "A retry would have done" }, { now: at(30) });
    expect((await refusalOf(review(house.rita))).code).toBe("forbidden");
    await review(house.grace);
    expect((await refusalOf(review(house.sam))).code).toBe("conflict");
    expect(await stored(number)).toMatchObject({ reviewVerdict: "objected", reviewedBy: "Grace" });
    const told = await database().notification.findFirst({
      where: { personId: house.rita.id, kind: "hot_patch.reviewed" },
    });
    expect(told?.text).toContain("A retry would have done");
  });
});

test("nothing is settled before its time, nor twice", async () => {
  const house = await aPatchable();
  const { number } = await aPatch(house);
  expect((await refusalOf(settleHotPatch(house.boss, { number }, { now: START }))).code).toBe("conflict");
  await settleHotPatch(house.boss, { number }, { now: at(240) });
  expect((await refusalOf(settleHotPatch(house.boss, { number }, { now: at(241) }))).code).toBe("conflict");
});

import { describe, expect, test, vi } from "vitest";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aPromotion, approve } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { makePermanent, reassignFollowUp, revertHotPatch } from "./commands/decide-follow-up.ts";
import { extendHotPatch } from "./commands/extend-hot-patch.ts";
import { reviewHotPatch } from "./commands/review-hot-patch.ts";
import { clockOf, refusalOf, served, stored } from "./testing/observing.ts";
import { aPatch, aPatchable, at, hours } from "./testing/patches.ts";

const reason = "Because of this test";

describe("the follow-up", () => {
  test("decided for good is told to every console at once", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const { environmentId } = await stored(number);
    const told = await withSql(testDatabase().appUrl, async (sql) => {
      const heard: (string | undefined)[] = [];
      sql.on("notification", ({ payload }) => heard.push(payload));
      await sql.query("LISTEN plumbline_board");
      await makePermanent(house.rita, { number, reason }, { now: at(30) });
      await vi.waitFor(() => expect(heard).not.toEqual([]));
      return heard;
    });
    expect(told).toEqual([environmentId]);
  });

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
    const moment = await database().hotPatchEvent.findFirst({
      where: { hotPatch: { number }, kind: "reviewed" },
      select: { note: true },
    });
    expect(moment?.note).toBe("Objected to: A retry would have done");
  });
});

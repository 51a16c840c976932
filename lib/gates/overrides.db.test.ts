import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { applyChange } from "./commands/apply-change.ts";
import { overrideGate } from "./commands/except-gate.ts";
import { aChange, aHouse, blockersOf, rewriteDraft } from "./testing/house.ts";

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

test("an override keeps its words for ever, ends, tells who was passed over, and is never the author's own", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  const { number, contentDigest } = change;
  const asked = { number, gate: "approvals", contentDigest, reason: "Customers cannot log in", expiresAt: inHours(2) };
  const writer = await aChange(house, { base: "temperature: 0.5\n", by: house.boss });
  const own = { ...asked, number: writer.number, contentDigest: writer.contentDigest };
  await expect(overrideGate(house.boss, own)).rejects.toMatchObject({ code: "forbidden" });
  await expect(overrideGate(house.boss, { ...asked, expiresAt: inHours(24 * 8) })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(overrideGate(house.boss, { ...asked, reason: "because" })).rejects.toMatchObject({ code: "invalid" });
  await expect(overrideGate(house.boss, { ...asked, gate: "schema" })).rejects.toMatchObject({ code: "forbidden" });
  expect((await overrideGate(house.boss, asked)).state).toBe("approved");
  const told = await database().notification.findMany({
    where: { kind: "gate.overridden", personId: { in: [house.grace.id, house.sam.id] } },
  });
  expect(told.map((one) => one.text)).toEqual([
    expect.stringContaining("Customers cannot log in"),
    expect.stringContaining("Customers cannot log in"),
  ]);
  expect(await blockersOf(house.ada, number, inHours(3))).toEqual(["approvals"]);
  await applyChange(house.ada, { number }, { now: inHours(1) });
  expect(await database().gateException.findMany({ where: { changeRequestId: change.id } })).toMatchObject([
    { gate: "approvals", reason: "Customers cannot log in", grantedByName: "Boss" },
  ]);
});

test("an override is for the content that was seen", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  const { number, contentDigest } = change;
  await overrideGate(house.boss, {
    number,
    gate: "approvals",
    contentDigest,
    reason: "Customers cannot log in",
    expiresAt: inHours(2),
  });
  await rewriteDraft(house.ada, change.draftId, { base: "temperature: 1.9\n", overlays: {} });
  await editChange(house.ada, { number, fromDrafts: true });
  expect(await blockersOf(house.ada, number)).toEqual(["approvals"]);
});

import { beforeAll, describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { aMachine } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { aConstraint } from "#lib/systems/testing/rules-fixture.ts";
import { approveHotPatch, denyHotPatch, withdrawHotPatch } from "./commands/answer-request.ts";
import { fileHotPatch } from "./commands/file-hot-patch.ts";
import { previewHotPatch } from "./queries/prepare-hot-patch.ts";
import { refusalOf, stored } from "./testing/observing.ts";
import { aFiling, aPatch, aPatchable, at, hours, type PatchHouse, START } from "./testing/patches.ts";

async function actionsOf(number: number): Promise<readonly string[]> {
  const events = await database().auditEvent.findMany({
    where: { subjectId: `HP-${number}` },
    orderBy: { id: "asc" },
    select: { action: true },
  });
  return events.map((event) => event.action);
}

describe("filing", () => {
  test("by somebody who may break glass takes effect at once, and owes a follow-up and a review", async () => {
    const house = await aPatchable();
    const { number, shortened } = await aPatch(house, { minutes: 60 });
    expect(shortened).toBeNull();
    expect(await stored(number)).toMatchObject({
      state: "active",
      activatedAt: START,
      expiresAt: at(60),
      ceilingAt: at(hours(72)),
      reviewDueAt: at(hours(24)),
      approvedById: null,
      revertsAtExpiry: true,
      changes: [{ pointer: "/temperature", before: 0.2, after: 0.9 }],
      followUp: { state: "open", ownerId: house.rita.id, dueAt: at(60) },
    });
    expect(await actionsOf(number)).toEqual(["hot_patch.filed", "hot_patch.activated", "follow_up.created"]);
  });

  test("records that behavioural evidence was not asked for, and why", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const { waiver, afterDigest } = await stored(number);
    expect(waiver).toContain(afterDigest);
    expect(waiver).toContain("INC-42");
    expect(waiver).toContain("Answers are cut off in production");
  });

  test("tells reviewers, other responders and the owners of the parameters, and raises an alert", async () => {
    const house = await aPatchable();
    const owner = await aPerson({ roles: [{ role: "viewer", system: house.systemId }], groups: ["safety"] });
    const { number } = await aPatch(house);
    const told = await database().notification.findMany({ where: { href: `/hot-patches/${number}` } });
    const people = told.map((notice) => notice.personId);
    expect(people).toEqual(expect.arrayContaining([house.grace.id, house.sam.id, house.omar.id, owner.id]));
    expect(people).not.toContain(house.rita.id);
    const alerts = await database().alert.findMany({ where: { href: `/hot-patches/${number}` } });
    expect(alerts.map(({ topic, severity }) => ({ topic, severity }))).toEqual([
      { topic: "hot_patch", severity: "high" },
    ]);
  });

  test("is given no more time than policy allows, and says so", async () => {
    const house = await aPatchable();
    const { number, shortened } = await aPatch(house, { minutes: 4_000 });
    expect(shortened).toBe("Policy allows 1 day at most");
    expect((await stored(number)).expiresAt).toEqual(at(hours(24)));
  });

  test("the same filing sent twice is one patch, two at once too", async () => {
    const house = await aPatchable();
    const wish = { clientKey: "phone-0001-key" };
    const [one, two] = await Promise.all([aPatch(house, wish), aPatch(house, wish)]);
    expect(one.number).toBe(two.number);
    expect([one.isRepeat, two.isRepeat].sort()).toEqual([false, true]);
    const again = await aPatch(house, { ...wish, now: at(30) });
    expect(again).toMatchObject({ number: one.number, isRepeat: true });
    expect(await database().hotPatch.count({ where: { systemId: house.systemId } })).toBe(1);
  });

  test("another filing under the same key is refused", async () => {
    const house = await aPatchable();
    await aPatch(house, { clientKey: "phone-0002-key" });
    const other = { clientKey: "phone-0002-key", changes: [{ pointer: "/seed", value: 8 }] };
    expect((await refusalOf(aPatch(house, other))).code).toBe("conflict");
    expect((await refusalOf(aPatch(house, { clientKey: "phone-0002-key", by: house.omar }))).code).toBe("conflict");
  });
});

describe("what is refused when it is filed", () => {
  let house: PatchHouse;
  beforeAll(async () => {
    house = await aPatchable({
      constraints: [aConstraint({ expression: "config.temperature <= 1.5", message: "Too hot for this seed" })],
    });
  });

  test.each<[string, readonly object[], string]>([
    ["a value that the schema refuses", [{ pointer: "/temperature", value: 3 }], "must be at most 2"],
    ["a combination that a constraint refuses", [{ pointer: "/temperature", value: 1.8 }], "Too hot for this seed"],
    ["more relaxation than the ratchet allows", [{ pointer: "/threshold", value: 0.5 }], "Threshold"],
    ["a locked parameter", [{ pointer: "/model/name", value: "gpt-4.1-mini-2025-04-14" }], "locked"],
    ["a parameter of tier build", [{ pointer: "/model/region", value: "us" }], "new build"],
    ["what looks like a secret", [{ pointer: "/notes", value: "AKIAIOSFODNN7EXAMPLE" }], "secret"],
    ["a wildcard", [{ pointer: "/model/*", value: 1 }], "wildcard"],
    ["the value that it has", [{ pointer: "/temperature", value: 0.2 }], "already"],
  ])("%s", async (_, changes, words) => {
    const refusal = await refusalOf(fileHotPatch(house.rita, { ...aFiling(house), changes }, { now: START }));
    expect(refusal.code).toBe("invalid");
    expect(refusal.message).toContain(words);
    expect(refusal.fields.changes?.length).toBeGreaterThan(0);
  });

  test.each([
    ["no incident", { incident: " " }, "incident"],
    ["no reason", { reason: "because" }, "reason"],
    ["more than 72 hours", { minutes: 5_000 }, "minutes"],
    ["no time at all", { minutes: 0 }, "minutes"],
    ["a value and remove", { changes: [{ pointer: "/seed", value: 1, remove: true }] }, "changes.0"],
  ])("%s", async (_, wrong, field) => {
    const refusal = await refusalOf(fileHotPatch(house.rita, { ...aFiling(house), ...wrong }, { now: START }));
    expect(Object.keys(refusal.fields)).toContain(field);
  });

  test("somebody who may only read, and an environment where nothing runs", async () => {
    expect((await refusalOf(fileHotPatch(house.grace, aFiling(house), { now: START }))).code).toBe("forbidden");
    const elsewhere = { ...aFiling(house), environment: "production" };
    expect((await refusalOf(fileHotPatch(house.rita, elsewhere, { now: START }))).code).toBe("conflict");
  });

  test("the live preview says the same before it is filed, and who has to approve", async () => {
    const { system, environment } = aFiling(house);
    const ask = (value: number, by = house.ada) =>
      previewHotPatch(by, { system, environment, changes: [{ pointer: "/temperature", value }] }, { now: START });
    const bad = await ask(3);
    expect(bad).toMatchObject({ canFile: false, isAtOnce: false });
    expect(bad.examination?.problems[0]?.pointer).toBe("/temperature");
    const good = await ask(0.9);
    expect(good).toMatchObject({
      canFile: true,
      expiresAt: at(240),
      reviewers: expect.arrayContaining(["Grace", "Rita"]),
    });
    expect((await ask(0.9, house.rita)).isAtOnce).toBe(true);
  });
});

test("two patches of one parameter, or one inside the other, conflict and say so", async () => {
  const house = await aPatchable();
  const { name } = await aPatch(house, { changes: [{ pointer: "/extra", value: { one: 1 } }] });
  for (const pointer of ["/extra", "/extra/one"]) {
    const refusal = await refusalOf(aPatch(house, { by: house.omar, changes: [{ pointer, value: 2 }], now: at(5) }));
    expect(refusal.code).toBe("conflict");
    expect(refusal.message).toContain(`${name} (INC-42)`);
  }
  const beside = await aPatch(house, { by: house.omar, changes: [{ pointer: "/seed", value: 8 }], now: at(5) });
  expect(beside.state).toBe("active");
  const afterwards = await aPatch(house, { changes: [{ pointer: "/extra", value: 2 }], now: at(241) });
  expect(afterwards.state).toBe("active");
});

test("of two filings of one parameter at once, one wins and the other is told", async () => {
  const house = await aPatchable();
  const both = await Promise.allSettled([aPatch(house), aPatch(house, { by: house.omar })]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database().hotPatch.count({ where: { systemId: house.systemId } })).toBe(1);
});

describe("without the right to break glass", () => {
  test("it waits for one approval of somebody else, and its time counts from there", async () => {
    const house = await aPatchable();
    const { number, state, expiresAt } = await aPatch(house, { by: house.ada, minutes: 60 });
    expect({ state, expiresAt }).toEqual({ state: "requested", expiresAt: at(60) });
    await approveHotPatch(house.grace, { number, note: "Go" }, { now: at(40) });
    expect(await stored(number)).toMatchObject({
      state: "active",
      activatedAt: at(40),
      expiresAt: at(100),
      reviewDueAt: at(40 + hours(24)),
      approvedByName: "Grace",
      followUp: { dueAt: at(100), ownerId: house.ada.id },
    });
  });

  test("nobody approves their own, even with the permission", async () => {
    const house = await aPatchable();
    const bot = await aMachine(house, house.boss, "author");
    const { number, state } = await aPatch(house, { by: bot });
    expect(state).toBe("requested");
    expect((await refusalOf(approveHotPatch(house.boss, { number }, { now: at(5) }))).code).toBe("forbidden");
    expect((await approveHotPatch(house.omar, { number }, { now: at(5) })).state).toBe("active");
  });

  test("a token never breaks the glass and never approves, whatever its role", async () => {
    const house = await aPatchable();
    const bot = await aMachine(house, house.boss, "administrator");
    const { number, state } = await aPatch(house, { by: bot });
    expect(state).toBe("requested");
    const other = await aMachine(house, house.boss, "responder");
    expect((await refusalOf(approveHotPatch(other, { number }, { now: at(5) }))).code).toBe("forbidden");
  });

  test("what conflicts by then is not approved", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { by: house.ada });
    await aPatch(house, { now: at(5) });
    expect((await refusalOf(approveHotPatch(house.grace, { number }, { now: at(10) }))).code).toBe("conflict");
  });

  test.each([
    [
      "denied",
      (house: PatchHouse, number: number) =>
        denyHotPatch(house.grace, { number, reason: "Not the cause of it" }, { now: at(5) }),
    ],
    [
      "withdrawn",
      (house: PatchHouse, number: number) =>
        withdrawHotPatch(house.ada, { number, reason: "It was another thing" }, { now: at(5) }),
    ],
  ] as const)("one that is %s owes nothing", async (_, end) => {
    const house = await aPatchable();
    const { number } = await aPatch(house, { by: house.ada });
    await end(house, number);
    expect(await stored(number)).toMatchObject({ state: "denied", activatedAt: null, followUp: { state: "decided" } });
    expect((await refusalOf(approveHotPatch(house.grace, { number }, { now: at(6) }))).code).toBe("conflict");
  });
});

describe("the database itself", () => {
  test("refuses a patch without a follow-up, and one that outlasts its ceiling", async () => {
    const house = await aPatchable();
    const { number } = await aPatch(house);
    const { ownerUrl } = testDatabase();
    await withSql(ownerUrl, async (sql) => {
      await sql.query("BEGIN; SET CONSTRAINTS hot_patch_owes_follow_up IMMEDIATE");
      const copy = `INSERT INTO hot_patch SELECT (jsonb_populate_record(hot_patch, jsonb_build_object('id', gen_random_uuid(), 'number', 9999, 'client_key', null))).* FROM hot_patch WHERE number = ${number}`;
      await expect(sql.query(copy)).rejects.toThrow("has no follow-up");
      await sql.query("ROLLBACK");
      const late = `UPDATE hot_patch SET expires_at = ceiling_at + interval '1 minute' WHERE number = ${number}`;
      await expect(sql.query(late)).rejects.toThrow("hot_patch_ceiling_check");
    });
  });
});

import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { defineFreezeWindow } from "#lib/releases/commands/freeze-windows.ts";
import { proposeRollback } from "#lib/reviews/commands/propose-release.ts";
import { rebaseChange } from "#lib/reviews/commands/rebase-change.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { liftHold } from "#lib/systems/commands/hold-environment.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { applyChange } from "./commands/apply-change.ts";
import { overrideGate } from "./commands/except-gate.ts";
import { checkChange } from "./queries.ts";
import { aHouse, aPromotion, approve, aVersion, blockersOf, promoted, setRules, stateOf } from "./testing/house.ts";

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const _days = (count: number) => minutes(count * 24 * 60);

async function rollback(house: Awaited<ReturnType<typeof aHouse>>, snapshot: number) {
  const input = { system: house.system, environment: "development", snapshots: [snapshot] };
  return proposeRollback(house.ada, { ...input, title: "Back", reason: "It answers nonsense" });
}

test("promotion goes in order, by digest, and nobody may skip a stage", async () => {
  const house = await aHouse();
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const early = await aPromotion(house, { versions: [version], environment: "production" });
  await approve(house.grace, early.number);
  expect(await blockersOf(house.ada, early.number)).toEqual(["pipeline_order"]);
  const override = { number: early.number, gate: "pipeline_order", contentDigest: early.contentDigest };
  await expect(
    overrideGate(house.boss, { ...override, reason: "We are in a hurry", expiresAt: minutes(60) }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await promoted(house, { versions: [version], environment: "development" });
  await promoted(house, { versions: [version], environment: "staging" });
  await applyChange(house.ada, { number: early.number });
  const snapshot = await database().snapshot.findFirstOrThrow({
    where: { systemId: house.systemId, environment: { slug: "production" } },
  });
  expect(snapshot).toMatchObject({
    effective: { temperature: 0.4 },
    vouchers: {
      changeRequest: early.number,
      contentDigest: early.contentDigest,
      approvals: [
        { reviewerName: "Grace", environments: ["production"], at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      ],
      checks: expect.arrayContaining([expect.objectContaining({ id: "soak", title: "Soak", status: "passed" })]),
      rollbackOf: null,
    },
  });
});

test("a version soaks in the stage before, unless somebody takes that upon themselves", async () => {
  const house = await aHouse({
    policies: [aPolicy({ environments: ["staging"], soakMinutes: 60 }), aPolicy({ id: "b" })],
  });
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  await promoted(house, { versions: [version], environment: "development" });
  const change = await aPromotion(house, { versions: [version], environment: "staging" });
  await approve(house.grace, change.number);
  expect(await blockersOf(house.ada, change.number, minutes(59))).toEqual(["soak"]);
  const { number, contentDigest } = change;
  const reason = "The provider fixed the outage";
  await overrideGate(
    house.boss,
    { number, gate: "soak", contentDigest, reason, expiresAt: minutes(120) },
    { now: minutes(30) },
  );
  expect(await blockersOf(house.ada, number, minutes(59))).toEqual([]);
});

test("soaking long enough is enough", async () => {
  const house = await aHouse({
    policies: [aPolicy({ environments: ["staging"], soakMinutes: 60 }), aPolicy({ id: "b" })],
  });
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  await promoted(house, { versions: [version], environment: "development" });
  const change = await aPromotion(house, { versions: [version], environment: "staging" });
  await approve(house.grace, change.number);
  expect(await blockersOf(house.ada, change.number, minutes(61))).toEqual([]);
});

test("after a rollback the environment is on hold: nothing is promoted, going further back stays possible", async () => {
  const house = await aHouse();
  const [first, second] = [await aVersion(house, { base: "t: 1\n" }), await aVersion(house, { base: "t: 2\n" })];
  await promoted(house, { versions: [first], environment: "development" });
  await promoted(house, { versions: [second], environment: "development" });
  const snapshot = await database().snapshot.findFirstOrThrow({ where: { versionId: first } });
  const back = await rollback(house, snapshot.number);
  await approve(house.grace, back.number);
  await applyChange(house.ada, { number: back.number });
  const again = await aPromotion(house, { versions: [second], environment: "development" });
  await approve(house.grace, again.number);
  expect(await blockersOf(house.ada, again.number)).toEqual(["hold"]);
  await liftHold(house.boss, { system: house.system, environment: "development", reason: "The cause was found" });
  expect(await blockersOf(house.ada, again.number)).toEqual([]);
});

test("what a snapshot holds keeps no one from going back to it", async () => {
  const house = await aHouse();
  const [first, second] = [await aVersion(house, { base: "t: 1\n" }), await aVersion(house, { base: "t: 2\n" })];
  await promoted(house, { versions: [first], environment: "development" });
  await promoted(house, { versions: [second], environment: "development" });
  const maximum = aRule({ pattern: "/t", schema: { type: "number", minimum: 2 } });
  await setRules(house, { parameters: [maximum] });
  const snapshot = await database().snapshot.findFirstOrThrow({ where: { versionId: first } });
  const back = await rollback(house, snapshot.number);
  await approve(house.grace, back.number);
  const { checks } = await checkChange(house.ada, { number: back.number });
  expect(checks.find((check) => check.id === "schema")).toMatchObject({ status: "failed", isBlocking: false });
  expect(await blockersOf(house.ada, back.number)).toEqual([]);
});

test("a freeze window stops promotions where it applies, until it is set aside or over", async () => {
  const house = await aHouse();
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const change = await aPromotion(house, { versions: [version], environment: "development" });
  await approve(house.grace, change.number);
  await defineFreezeWindow(house.boss, {
    name: "Holidays",
    kind: "deny",
    cron: "0 0 * * *",
    durationMinutes: 24 * 60,
    timeZone: "UTC",
    systems: [house.system],
    environments: ["development"],
    reason: "Nobody is here to help",
  });
  expect(await blockersOf(house.ada, change.number)).toEqual(["freeze_window"]);
  const { number, contentDigest } = change;
  const asked = {
    number,
    gate: "freeze_window",
    contentDigest,
    reason: "Security fix that cannot wait",
    expiresAt: minutes(60),
  };
  await overrideGate(house.boss, asked);
  expect(await blockersOf(house.ada, number)).toEqual([]);
});

test("of two promotions into one place the second has to be rebased, and approved again", async () => {
  const house = await aHouse();
  const [first, second] = [await aVersion(house, { base: "t: 1\n" }), await aVersion(house, { base: "t: 2\n" })];
  const [one, two] = [
    await aPromotion(house, { versions: [first], environment: "development" }),
    await aPromotion(house, { versions: [second], environment: "development" }),
  ];
  for (const { number } of [one, two]) await approve(house.grace, number);
  await applyChange(house.ada, { number: one.number });
  expect(await blockersOf(house.ada, two.number)).toEqual(["content_current"]);
  const rebased = await rebaseChange(house.ada, { number: two.number });
  expect(rebased.state).toBe("open");
  expect(await blockersOf(house.ada, two.number)).toEqual(["approvals"]);
});

test("two promotions into one place at once: one takes effect, the other is told", async () => {
  const house = await aHouse();
  const [first, second] = [await aVersion(house, { base: "t: 1\n" }), await aVersion(house, { base: "t: 2\n" })];
  const changes = [
    await aPromotion(house, { versions: [first], environment: "development" }),
    await aPromotion(house, { versions: [second], environment: "development" }),
  ];
  for (const { number } of changes) await approve(house.grace, number);
  const both = await Promise.allSettled(changes.map(({ number }) => applyChange(house.ada, { number })));
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await database().deployment.count({ where: { systemId: house.systemId, isCurrent: true } })).toBe(1);
});

test("the dry run answers what applying answers, and applies nothing; afterwards it shows how it stood", async () => {
  const house = await aHouse();
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const change = await aPromotion(house, { versions: [version], environment: "development" });
  const before = await checkChange(house.ada, { number: change.number });
  expect(before).toMatchObject({ canApply: false, isHistory: false });
  expect(before.checks.map((check) => check.id)).toEqual([
    "content_current",
    "schema",
    "constraints",
    "models_pinned",
    "overlay_policy",
    "secrets",
    "flags",
    "dependencies",
    "ratchet",
    "approvals",
    "threads",
    "pipeline_order",
    "hold",
    "freeze_window",
    "follow_ups",
    "hot_patches",
    "drift",
  ]);
  await approve(house.grace, change.number);
  expect(await checkChange(house.ada, { number: change.number })).toMatchObject({ canApply: true });
  expect(await stateOf(change.number)).toBe("approved");
  await applyChange(house.ada, { number: change.number });
  const after = await checkChange(house.ada, { number: change.number });
  expect(after).toMatchObject({ canApply: false, isHistory: true });
  expect(after.checks.find((check) => check.id === "approvals")).toMatchObject({ summary: "Approved by Grace" });
});

import { expect, test } from "vitest";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { scheduleChange, unscheduleChange } from "#lib/reviews/commands/schedule-change.ts";
import { withdrawReview } from "#lib/reviews/commands/withdraw-review.ts";
import { runSchedules } from "./jobs.ts";
import { aChange, actionsOf, aHouse, approve, rewriteDraft, stateOf } from "./testing/house.ts";

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

async function scheduled(at: Date) {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  const { reviewId } = await approve(house.grace, change.number);
  await scheduleChange(house.ada, { number: change.number, at });
  return { house, change, reviewId };
}

async function scheduleOf(number: number) {
  const row = await database().changeRequest.findUniqueOrThrow({ where: { number } });
  return { state: row.scheduleState, attempts: row.scheduleAttempts, at: row.scheduledFor, note: row.scheduleNote };
}

test("at its time, and not before, it is applied in the name of who scheduled it", async () => {
  const { house, change } = await scheduled(minutes(60));
  await runSchedules(minutes(59));
  expect(await stateOf(change.number)).toBe("approved");
  await runSchedules(minutes(61));
  expect(await stateOf(change.number)).toBe("applied");
  const event = await database().auditEvent.findFirstOrThrow({
    where: { changeRequestId: change.id, action: "change.applied" },
  });
  expect(event).toMatchObject({ actorId: house.ada.id, channel: "job", actorName: "Ada (scheduled)" });
});

test("only what is approved is scheduled, and only for later", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await expect(scheduleChange(house.ada, { number: change.number, at: minutes(5) })).rejects.toMatchObject({
    code: "conflict",
  });
  await approve(house.grace, change.number);
  await expect(scheduleChange(house.ada, { number: change.number, at: minutes(-5) })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("a withdrawn approval or an edit ends the schedule", async () => {
  const { house, change, reviewId } = await scheduled(minutes(60));
  await withdrawReview(house.grace, { number: change.number, reviewId });
  expect(await scheduleOf(change.number)).toMatchObject({ state: "none", at: null });
  await approve(house.grace, change.number);
  await scheduleChange(house.ada, { number: change.number, at: minutes(60) });
  await rewriteDraft(house.ada, change.draftId, { base: "temperature: 0.9\n", overlays: {} });
  await editChange(house.ada, { number: change.number, fromDrafts: true });
  expect(await scheduleOf(change.number)).toMatchObject({ state: "none" });
  await runSchedules(minutes(61));
  expect(await stateOf(change.number)).toBe("open");
});

test("a schedule that was taken away applies nothing", async () => {
  const { house, change } = await scheduled(minutes(60));
  await unscheduleChange(house.ada, { number: change.number });
  expect(await runSchedules(minutes(61))).toBe(0);
  expect(await stateOf(change.number)).toBe("approved");
});

test("workers that meet at one schedule apply it once", async () => {
  const { change } = await scheduled(minutes(60));
  await Promise.all([runSchedules(minutes(61)), runSchedules(minutes(61)), runSchedules(minutes(61))]);
  expect((await actionsOf(change.number)).filter((action) => action === "change.applied")).toHaveLength(1);
  expect(await scheduleOf(change.number)).toMatchObject({ state: "none" });
});

test("trouble that passes is outlasted with growing pauses; trouble that does not is parked", async () => {
  const { house, change } = await scheduled(minutes(60));
  const { adminUrl } = testDatabase();
  const run = (sql: string) => withSql(adminUrl, (client) => client.query(sql));
  await run("ALTER TABLE bundle_version ADD CONSTRAINT trouble CHECK (false) NOT VALID");
  const pauses: number[] = [];
  let now = minutes(60);
  for (let attempt = 1; attempt < 10; attempt += 1) {
    await runSchedules(now);
    const { at, attempts } = await scheduleOf(change.number);
    expect(attempts).toBe(attempt);
    pauses.push(((at?.getTime() ?? 0) - now.getTime()) / 60_000);
    now = at ?? now;
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
  await runSchedules(now);
  expect(await scheduleOf(change.number)).toMatchObject({ state: "parked", attempts: 10 });
  expect(await actionsOf(change.number)).toContain("change.schedule_parked");
  await run("ALTER TABLE bundle_version DROP CONSTRAINT trouble");
  expect(await runSchedules(minutes(100_000))).toBe(0);
  await scheduleChange(house.ada, { number: change.number, at: minutes(120) });
  await runSchedules(minutes(121));
  expect(await stateOf(change.number)).toBe("applied");
});

import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aVersion, promoted } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { database } from "#lib/platform/db.ts";
import { defineFreezeWindow } from "#lib/releases/commands/freeze-windows.ts";
import { plumbline } from "#lib/reviews/jobs.ts";
import { addIgnoreRule } from "../ignore-rules/commands/add-ignore-rule.ts";
import { advanceRemediation } from "./commands/advance-remediation.ts";
import { startRemediation } from "./commands/start-remediation.ts";
import { remedyConfirmedDrift } from "./jobs.ts";
import { examineRemediation } from "./queries.ts";
import { aRestorable, changed, declared, type Restorable } from "./testing/stubborn.ts";

const reason = "It has to run what was reviewed";
const byPolicy = { remediation: { mode: "declared", confirmations: 1 } } as const;

const namesOf = ({ fleet }: Restorable) => ({
  system: fleet.house.system,
  environment: fleet.environment,
  bundle: "assistant",
});

const examined = (place: Restorable, second: number) =>
  examineRemediation(place.fleet.house.boss, namesOf(place), { now: place.at(second) });

async function start(place: Restorable, second: number, target: "declared" | "last_known_good") {
  const { expectedDigests, targetDigest } = await examined(place, second);
  const input = { ...namesOf(place), target, reason, expectedDigests, targetDigest };
  return startRemediation(place.fleet.house.boss, input, { now: place.at(second) });
}

describe("nobody restores", () => {
  test("over a hot-patch that a runtime has not taken", async () => {
    const place = await aRestorable();
    await place.until(2);
    const { fleet } = place;
    await fileHotPatch(
      fleet.house.boss,
      {
        ...namesOf(place),
        incident: "INC-7",
        level: "sev2",
        reason: "Answers are too cold",
        changes: [{ pointer: "/temperature", value: 0.7 }],
      },
      { now: place.at(3) },
    );
    await place.until(8);
    expect((await examined(place, 8)).refusal).toMatch(/^\/temperature is under hot-patch HP-\d+; nothing is restored/);
    await expect(start(place, 8, "declared")).rejects.toThrow("is under hot-patch");
  });

  test("over what an ignore rule covers", async () => {
    const place = await aRestorable(byPolicy);
    const { boss, system } = place.fleet.house;
    const expiresAt = new Date(Date.now() + 86_400_000);
    await addIgnoreRule(boss, { system, pattern: "/a", reason: "The platform moves it", expiresAt });
    place.run({ ...changed, a: 9 });
    await place.until(20);
    expect(await place.remediations()).toEqual([]);
    expect((await examined(place, 20)).refusal).toContain("an ignore rule covers /a");
  });

  test("by policy while changes are frozen, and does once they are not", async () => {
    const place = await aRestorable(byPolicy);
    const { boss, system } = place.fleet.house;
    await defineFreezeWindow(boss, {
      name: `freeze-${randomBytes(4).toString("hex")}`,
      kind: "deny",
      cron: "* * * * *",
      durationMinutes: 5,
      timeZone: "UTC",
      systems: [system],
      environments: [],
      reason: "The year ends",
      endsAt: place.at(30),
    });
    await place.until(20);
    expect(await place.remediations()).toEqual([]);
    await place.until(60);
    expect(await place.remediations()).toMatchObject([{ state: "succeeded" }]);
  });
});

test("a step is taken once, however often a worker that died repeats it", async () => {
  const place = await aRestorable({ follows: false });
  await place.until(2);
  const { number } = await start(place, 2, "declared");
  const step = (second: number, revision: number) =>
    advanceRemediation(plumbline("remediation", place.at(second)), { number, revision }, { now: place.at(second) });
  expect(await step(12, 1)).toMatchObject({ state: "waiting", revision: 2 });
  await expect(step(12, 1)).rejects.toThrow("moved meanwhile");
  await expect(step(12, 2)).rejects.toThrow("waits");
  await place.fleet.report({ document: changed, intervalSeconds: 5, now: place.at(13) });
  const twice = await Promise.allSettled([step(14, 2), step(14, 2)]);
  expect(twice.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await place.remediations()).toMatchObject([{ state: "acting", attempts: 2 }]);
  const told = await database().auditEvent.findMany({
    where: { subjectType: "remediation", subjectId: `R-${number}` },
    orderBy: { id: "asc" },
  });
  expect(told.map((event) => event.action)).toEqual([
    "remediation.started",
    "remediation.paused",
    "remediation.attempted",
  ]);
});

test("only Plumbline itself takes a step", async () => {
  const place = await aRestorable({ follows: false });
  await place.until(2);
  const { number } = await start(place, 2, "declared");
  const { boss } = place.fleet.house;
  await expect(advanceRemediation(boss, { number, revision: 1 }, { now: place.at(12) })).rejects.toThrow("by hand");
});

describe("the last known-good snapshot", () => {
  /** What ran well before, and another version since that nobody has seen running yet. */
  async function aPlaceWithPast(mode: "off" | "last_known_good") {
    const place = await aRestorable({ remediation: { mode, confirmations: 1 } });
    place.run(declared);
    await place.until(10);
    const { house, environment } = place.fleet;
    const base = "temperature: 0.5\na: 1\nb: 1\nc: 1\nd: 1\ne: 1\n";
    const version = await aVersion(house, { base, now: place.at(11) });
    await promoted(house, { versions: [version], environment, now: place.at(12) });
    place.run(changed);
    return place;
  }

  test("is proposed to people, who decide", async () => {
    const place = await aPlaceWithPast("off");
    await place.until(20);
    const { change } = await start(place, 20, "last_known_good");
    const request = await database().changeRequest.findUniqueOrThrow({ where: { number: change ?? 0 } });
    expect(request).toMatchObject({ kind: "rollback", state: "open" });
    expect(request.reason).toContain("No baseline says");
    expect(await place.remediations()).toMatchObject([{ target: "last_known_good", state: "succeeded" }]);
  });

  test("is proposed by policy once for each opening", async () => {
    const place = await aPlaceWithPast("last_known_good");
    await place.until(60);
    await remedyConfirmedDrift(place.at(80));
    expect(await place.remediations()).toMatchObject([{ target: "last_known_good", trigger: "policy" }]);
    expect(
      await database().changeRequest.count({ where: { systemId: place.fleet.house.systemId, kind: "rollback" } }),
    ).toBe(1);
  });

  test("is restored where it is what is declared", async () => {
    const place = await aRestorable({ remediation: { mode: "last_known_good", confirmations: 1 } });
    place.run(declared);
    await place.until(10);
    place.run(changed);
    await place.until(50);
    expect(await place.remediations()).toMatchObject([{ target: "declared", state: "succeeded", trigger: "policy" }]);
  });
});

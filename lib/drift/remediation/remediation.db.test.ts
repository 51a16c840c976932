import { describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { database } from "#lib/platform/db.ts";
import { startRemediation } from "./commands/start-remediation.ts";
import { cancelRemediation, liftQuarantine } from "./commands/stop-remediation.ts";
import { examineRemediation, listRemediations } from "./queries.ts";
import { aRestorable, changed, declared, type Restorable } from "./testing/stubborn.ts";

const reason = "It has to run what was reviewed";

const namesOf = ({ fleet }: Restorable) => ({
  system: fleet.house.system,
  environment: fleet.environment,
  bundle: "assistant",
});

/** Starts one by hand, as somebody does who has just looked. */
async function start(place: Restorable, second: number, target = "declared") {
  const { boss } = place.fleet.house;
  const now = place.at(second);
  const { expectedDigests, targetDigest } = await examineRemediation(boss, namesOf(place), { now });
  return startRemediation(boss, { ...namesOf(place), target, reason, expectedDigests, targetDigest }, { now });
}

const gaps = (seconds: readonly number[]) => seconds.slice(1).map((second, index) => second - (seconds[index] ?? 0));

describe("by hand", () => {
  test("what runs is brought back, and has to hold before that counts", async () => {
    const place = await aRestorable();
    await place.until(3);
    await start(place, 3);
    await place.until(8);
    expect(await place.remediations()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    await place.until(30);
    expect(place.restored).toEqual([5]);
    expect(await place.remediations()).toMatchObject([{ state: "succeeded", attempts: 1, trigger: "person" }]);
    expect(await place.fleet.verdict()).toMatchObject({ sync: "in_sync" });
    const [finding] = await place.fleet.findings();
    const events = await database().findingEvent.findMany({ where: { finding: { number: finding?.number ?? 0 } } });
    expect(events.map((event) => event.kind)).toContain("remediated");
  });

  test("it acts only on what was seen", async () => {
    const place = await aRestorable();
    await place.until(2);
    const { boss } = place.fleet.house;
    const seen = await examineRemediation(boss, namesOf(place), { now: place.at(2) });
    place.run({ ...changed, temperature: 1.1 });
    await place.until(4);
    const { expectedDigests, targetDigest } = seen;
    const input = { ...namesOf(place), reason, expectedDigests, targetDigest };
    await expect(startRemediation(boss, input, { now: place.at(4) })).rejects.toThrow("has changed since you looked");
    expect(await place.remediations()).toEqual([]);
  });

  test("of two at once, one begins and the other is told", async () => {
    const place = await aRestorable();
    await place.until(2);
    const both = await Promise.allSettled([start(place, 2), start(place, 2)]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await place.remediations()).toHaveLength(1);
  });

  test("a runtime that changes back is restored five times, with growing pauses, and then people are called", async () => {
    const place = await aRestorable({ undoesAfter: 1 });
    await place.until(2);
    await start(place, 2);
    await place.until(400);
    expect(place.restored).toHaveLength(5);
    const pauses = gaps(place.restored);
    for (const [index, least] of [2, 6, 18, 54].entries()) expect(pauses[index]).toBeGreaterThanOrEqual(least);
    const [remediation] = await place.remediations();
    expect(remediation).toMatchObject({ state: "quarantined", attempts: 5 });
    const alerts = await database().alert.findMany({ where: { key: `remediation/${remediation?.id}/quarantined` } });
    expect(alerts).toMatchObject([{ topic: "remediation", severity: "critical" }]);
    await expect(start(place, 400)).rejects.toThrow("is quarantined");
  });

  test("a runtime that takes no notice ends there as well", async () => {
    const place = await aRestorable({ follows: false });
    await place.until(2);
    await start(place, 2);
    await place.until(400);
    expect(place.restored).toEqual([]);
    expect(await place.remediations()).toMatchObject([{ state: "quarantined", attempts: 5 }]);
  });

  test("something else that begins to run ends it", async () => {
    const place = await aRestorable({ follows: false });
    await place.until(2);
    await start(place, 2);
    place.run({ ...changed, temperature: 1.2 });
    await place.until(40);
    expect(await place.remediations()).toMatchObject([
      { state: "failed", note: expect.stringContaining("Something else runs") },
    ]);
  });

  test("a quarantine that is lifted lets it be restored again, and one that is cancelled stops", async () => {
    const place = await aRestorable({ follows: false });
    await place.until(2);
    const { number } = await start(place, 2);
    const { boss } = place.fleet.house;
    const revisionOf = async () => (await place.remediations()).at(-1)?.revision;
    const now = place.at(3);
    await expect(liftQuarantine(boss, { number, reason, revision: 1 }, { now })).rejects.toThrow(
      "no quarantine to lift",
    );
    await cancelRemediation(boss, { number, reason, revision: await revisionOf() }, { now });
    expect(await place.remediations()).toMatchObject([{ state: "cancelled" }]);
    await place.until(6);
    const again = await start(place, 6);
    await place.until(400);
    await liftQuarantine(boss, { number: again.number, reason, revision: await revisionOf() }, { now: place.at(400) });
    expect((await start(place, 401)).state).toBe("acting");
  });

  test("it needs the permission, and shows what it would do to whoever may read", async () => {
    const place = await aRestorable();
    await place.until(2);
    const { ada } = place.fleet.house;
    const shown = await examineRemediation(ada, namesOf(place), { now: place.at(2) });
    expect(shown).toMatchObject({ mayStart: false, pointers: ["/temperature"], parameters: 6, refusal: null });
    const { expectedDigests, targetDigest } = shown;
    const input = { ...namesOf(place), reason, expectedDigests, targetDigest };
    await expect(startRemediation(ada, input)).rejects.toThrow("drift:remediate");
    const responder = await aPerson({
      name: "Sam",
      roles: [{ role: "responder", system: place.fleet.house.systemId }],
    });
    expect((await startRemediation(responder, input, { now: place.at(2) })).state).toBe("acting");
    const { items } = await listRemediations(ada, { system: place.fleet.house.system });
    expect(items).toMatchObject([{ state: "acting", mayStop: false, bundle: { slug: "assistant" } }]);
  });
});

describe("by policy", () => {
  const remediation = { mode: "declared", confirmations: 3 } as const;

  test("what was confirmed often enough is brought back", async () => {
    const place = await aRestorable({ remediation });
    await place.until(1);
    expect(await place.remediations()).toEqual([]);
    await place.until(40);
    expect(place.restored).toHaveLength(1);
    expect(await place.remediations()).toMatchObject([{ state: "succeeded", trigger: "policy", attempts: 1 }]);
  });

  test("what is changed back after it held goes on counting, and ends in quarantine", async () => {
    const place = await aRestorable({ remediation: { ...remediation, confirmations: 1 }, undoesAfter: 20 });
    await place.until(700);
    expect(place.restored.length).toBeLessThanOrEqual(5);
    const all = await place.remediations();
    expect(all.at(-1)).toMatchObject({ state: "quarantined", attempts: 5 });
    expect(all.slice(0, -1).every(({ state }) => state === "succeeded")).toBe(true);
  });

  test("two workers at it restore no more often than one", async () => {
    const place = await aRestorable({ remediation: { ...remediation, confirmations: 1 }, undoesAfter: 1, workers: 2 });
    await place.until(400);
    expect(place.restored).toHaveLength(5);
    expect(await place.remediations()).toMatchObject([{ state: "quarantined", attempts: 5 }]);
  });

  test("more than the share that the rules allow is left to people", async () => {
    const place = await aRestorable({ remediation: { ...remediation, confirmations: 1 } });
    place.run({ ...declared, a: 2, b: 2 });
    await place.until(20);
    expect(await place.remediations()).toEqual([]);
    await expect(start(place, 20)).rejects.toThrow("2 of 6 parameters (33 %), more than the 20 %");
  });

  test("nobody acts on what is stale", async () => {
    const place = await aRestorable({ remediation: { ...remediation, confirmations: 1 } });
    await place.until(0);
    const [begun] = await place.remediations();
    expect(begun?.state ?? "acting").toBe("acting");
    const later = { now: place.at(3_600) };
    const examined = await examineRemediation(place.fleet.house.boss, namesOf(place), later);
    expect(examined.lastKnownGood.refusal).not.toBeNull();
    expect(examined.expectedDigests).toEqual([]);
  });
});

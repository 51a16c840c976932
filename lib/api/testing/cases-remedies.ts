import type { Actor } from "#lib/access/actor.ts";
import type { Cases } from "#lib/api/testing/cases.ts";
import { addIgnoreRule } from "#lib/drift/ignore-rules/commands/add-ignore-rule.ts";
import { startRemediation } from "#lib/drift/remediation/commands/start-remediation.ts";
import { advanceRemediations } from "#lib/drift/remediation/jobs.ts";
import { examineRemediation } from "#lib/drift/remediation/queries.ts";
import { aRestorable, changed, type Restorable } from "#lib/drift/remediation/testing/stubborn.ts";
import { database } from "#lib/platform/db.ts";
import { plumbline } from "#lib/reviews/jobs.ts";

const reason = "Because of this test";
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

const anIgnoreRule = (system: string) => ({ system, pattern: "/telemetry/*", reason, expiresAt: inDays(30) });

/** A place that drifted, in a house of its own, and what it takes to restore it. */
async function aDriftedPlace() {
  const place = await aRestorable({ follows: false });
  await place.until(1);
  const names = { system: place.fleet.house.system, environment: place.fleet.environment, bundle: "assistant" };
  const now = place.at(1);
  const { expectedDigests, targetDigest } = await examineRemediation(place.fleet.house.boss, names, { now });
  return { place, now, input: { ...names, reason, expectedDigests, targetDigest } };
}

async function aRemediation(): Promise<{ place: Restorable; by: Actor; number: number }> {
  const { place, now, input } = await aDriftedPlace();
  const by = place.fleet.house.boss;
  return { place, by, number: (await startRemediation(by, input, { now })).number };
}

/** Ignore rules, and bringing runtimes back. */
export const remedyCases: Cases = {
  "ignore-rule.add": async ({ boss, system }) => ({ by: boss, input: anIgnoreRule(system) }),
  "ignore-rule.extend": async ({ boss, system }) => {
    const { id } = await addIgnoreRule(boss, anIgnoreRule(system));
    return { by: boss, input: { rule: id, reason, expiresAt: inDays(60), revision: 1 } };
  },
  "ignore-rule.end": async ({ boss, system }) => {
    const { id } = await addIgnoreRule(boss, anIgnoreRule(system));
    return { by: boss, input: { rule: id, reason, revision: 1 } };
  },
  "remediation.start": async () => {
    const { place, now, input } = await aDriftedPlace();
    return { by: place.fleet.house.boss, input, now };
  },
  "remediation.startByPolicy": async () => {
    const place = await aRestorable({ remediation: { mode: "declared", confirmations: 1 } });
    const now = place.at(1);
    await place.fleet.report({ document: changed, intervalSeconds: 5, now });
    await place.fleet.compare(now);
    return { by: plumbline("remediation", now), input: place.fleet.place, now };
  },
  "remediation.advance": async () => {
    const { place, number } = await aRemediation();
    // Past its time, and reported again meanwhile.
    await place.fleet.report({ document: changed, intervalSeconds: 5, now: place.at(12) });
    const now = place.at(13);
    return { by: plumbline("remediation", now), input: { number, revision: 1 }, now };
  },
  "remediation.cancel": async () => {
    const { by, number } = await aRemediation();
    return { by, input: { number, reason, revision: 1 } };
  },
  "remediation.lift-quarantine": async () => {
    const { place, by, number } = await aRemediation();
    // Longer than any pause between attempts: each look finds the next step due.
    for (let second = 60; second <= 600; second += 60) {
      await place.fleet.report({ document: changed, intervalSeconds: 5, now: place.at(second) });
      await advanceRemediations(place.at(second));
    }
    const { revision } = await database().remediation.findUniqueOrThrow({ where: { number } });
    return { by, input: { number, reason, revision } };
  },
};

import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { log } from "#lib/platform/log.ts";
import { plumbline } from "#lib/reviews/jobs.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { currentRules } from "#lib/systems/store.ts";
import { advanceRemediation } from "./commands/advance-remediation.ts";
import { remedyByPolicy } from "./commands/start-remediation.ts";
import { sightOf } from "./facts.ts";
import { nameOf, type Remediation } from "./model.ts";
import { nextStep } from "./rules.ts";
import { remediationsUnderWay } from "./store.ts";

/** Takes remediations further, and begins those that the rules of a system have begun. */
export const remediating = defineJob({
  name: "remediation",
  when: { everySeconds: 2 },
  run: async ({ now }) => {
    await advanceRemediations(now);
    await remedyConfirmedDrift(now);
  },
});

/** One that fails keeps no other waiting. @returns how many took a step */
export async function advanceRemediations(now: Date): Promise<number> {
  let steps = 0;
  for (const remediation of await remediationsUnderWay(database())) {
    if (await succeeds(nameOf(remediation), () => advance(remediation, now))) steps += 1;
  }
  return steps;
}

async function advance(remediation: Remediation, now: Date): Promise<boolean> {
  const { state, nextAttemptAt } = remediation;
  // Nothing happens in a pause, so that nothing has to be read for it.
  if (state === "waiting" && nextAttemptAt !== null && nextAttemptAt > now) return false;
  const step = nextStep(remediation, await sightOf(database(), remediation, now), now);
  if (step.type === "wait") return false;
  const { number, revision } = remediation;
  await advanceRemediation(plumbline("remediation", now), { number, revision }, { now });
  return true;
}

type Drifted = Place & { readonly systemId: string; readonly environment: string; readonly evaluatedAt: Date | null };

/** What was decided about a place stays so until it is evaluated again, or for as long as this. */
const ASKED_AGAIN_AFTER = 10_000;
const refused = new Map<string, { readonly evaluatedAt: number; readonly at: number }>();

/** @returns how many were begun */
export async function remedyConfirmedDrift(now: Date): Promise<number> {
  const drifted = await database().$queryRaw<Drifted[]>`
    SELECT v.environment_id AS "environmentId", v.bundle_id AS "bundleId", v.system_id AS "systemId",
      e.slug AS environment, v.evaluated_at AS "evaluatedAt"
    FROM sync_verdict v JOIN environment e ON e.id = v.environment_id
    WHERE v.sync = 'drifted' AND NOT v.is_dirty AND NOT EXISTS (SELECT FROM remediation r
      WHERE r.environment_id = v.environment_id AND r.bundle_id = v.bundle_id
      AND r.state IN ('waiting', 'acting', 'quarantined'))
    ORDER BY v.sync_since`;
  const keys = new Set(drifted.map(keyOf));
  for (const key of refused.keys()) if (!keys.has(key)) refused.delete(key);
  let begun = 0;
  for (const place of drifted) {
    if (!isToBeAsked(place, now) || !(await isLeftToPolicy(place))) continue;
    const { environmentId, bundleId } = place;
    const start = async () => {
      await remedyByPolicy(plumbline("remediation", now), { environmentId, bundleId }, { now });
      return true;
    };
    if (await succeeds(keyOf(place), start)) begun += 1;
    else refused.set(keyOf(place), { evaluatedAt: place.evaluatedAt?.getTime() ?? 0, at: now.getTime() });
  }
  return begun;
}

function keyOf({ environmentId, bundleId }: Place): string {
  return `${environmentId} ${bundleId}`;
}

function isToBeAsked(place: Drifted, now: Date): boolean {
  const before = refused.get(keyOf(place));
  if (before?.evaluatedAt !== (place.evaluatedAt?.getTime() ?? 0)) return true;
  return Math.abs(now.getTime() - before.at) >= ASKED_AGAIN_AFTER;
}

async function isLeftToPolicy({ systemId, environment }: Drifted): Promise<boolean> {
  const { rules } = await currentRules(database(), systemId);
  return operationOf(rules, environment).remediation.mode !== "off";
}

/** A refusal is an answer: somebody was first, or a guard stands in the way. Anything else is trouble that may pass. */
async function succeeds(what: string, act: () => Promise<boolean>): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal))
      log.error({ err: error, remediation: what }, "a remediation could not take its step");
    return false;
  }
}

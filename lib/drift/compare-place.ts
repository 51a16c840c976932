import { jobActor } from "#lib/access/job-actor.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Db, database } from "#lib/platform/db.ts";
import { observeDeployment } from "#lib/releases/commands/observe-deployment.ts";
import type { DeploymentState, Verification } from "#lib/releases/model.ts";
import { observedState } from "#lib/releases/rules.ts";
import type { Place, ServedModel } from "#lib/runtimes/model.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { isOwnedAnywhere } from "./beside-documents.ts";
import { recordDrift } from "./commands/record-drift.ts";
import { type Evaluation, evaluatePlace } from "./evaluate-place.ts";
import { MOST_FINDINGS } from "./findings.ts";
import { planRecording, type ToRecord } from "./recording.ts";
import { knownFindings } from "./store.ts";
import { recordHits, recordSightings, type StoredVerdict, storedVerdict, storeVerdict } from "./telemetry.ts";
import { buildsOf, witnessesOf } from "./witnesses.ts";

/** busy: another worker is at it · gone: there is no such place · compared */
export type Comparing = "busy" | "gone" | "compared";

/**
 * Compares one place and keeps what comes of it. One worker at a time, by a lock that ends with its connection: one that
 * dies leaves the place marked, and whoever comes next does what is left. Nothing is done twice: findings by their
 * fingerprints, sightings by their observation, the verdict by its revision.
 */
export async function comparePlace(place: Place, now: Date): Promise<Comparing> {
  const db = database();
  const key = `compare ${place.environmentId} ${place.bundleId}`;
  return db.$transaction(
    async (lock) => {
      const [row] = await lock.$queryRaw<{ locked: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) AS locked`;
      return row?.locked ? compareLocked(db, place, now) : "busy";
    },
    { maxWait: 10_000, timeout: 300_000 },
  );
}

async function compareLocked(db: Db, place: Place, now: Date): Promise<Comparing> {
  const stored = await storedVerdict(db, place);
  if (!stored) return "gone";
  const deployment = await db.deployment.findFirst({
    where: { bundleId: place.bundleId, environmentId: place.environmentId, isCurrent: true },
    select: { number: true, state: true, needsBuild: true, createdAt: true, verification: true },
  });
  const evaluation = await evaluatePlace(db, place, { ...stored, now });
  if (!evaluation) return forget(db, place);
  await recordFindings(db, { evaluation, stored, now });
  const builds = await buildsOf(db, place, stored.builds);
  if (deployment) await settle(db, place, { evaluation, deployment, builds, now });
  const isUnchanged = await storeVerdict(
    db,
    { ...place, revision: stored.revision },
    {
      verdict: evaluation.verdict,
      declaredDigest: evaluation.state?.declaredDigest ?? null,
      rulesDigest: evaluation.place.rulesDigest,
      builds,
      served: servedFirst(stored, evaluation),
    },
    now,
  );
  if (isUnchanged) await markSiblings(db, { evaluation, stored });
  return "compared";
}

async function forget(db: Db, { environmentId, bundleId }: Place): Promise<"gone"> {
  await db.syncVerdict.deleteMany({ where: { environmentId, bundleId } });
  return "gone";
}

type Recorded = { readonly evaluation: Evaluation; readonly stored: StoredVerdict; readonly now: Date };

async function recordFindings(db: Db, { evaluation, stored, now }: Recorded): Promise<void> {
  const { place, differences, verdict, isConclusive, rules } = evaluation;
  const hidden = differences.filter((one) => one.ignoredBy !== undefined);
  const visible = differences.filter((one) => one.ignoredBy === undefined).slice(0, MOST_FINDINGS);
  const found: ToRecord = {
    environmentId: place.environmentId,
    bundleId: place.bundleId,
    observedAt: verdict.observedAt,
    isConclusive,
    differences: [...visible, ...hidden],
  };
  const wanted = operationOf(rules, place.environment.slug).alertAfterConfirmations;
  await record(db, found, { wanted, onsetAfter: lastWithout(stored), now });
  const isNew = verdict.observedAt !== null && verdict.observedAt.getTime() > (stored.observedAt?.getTime() ?? 0);
  const instances = new Map(visible.map((one) => [one.fingerprint, one.instances]));
  const known = await knownFindings(db, place, [...instances.keys()]);
  const sightings = known.flatMap((finding) => {
    const count = instances.get(finding.fingerprint);
    return count === undefined ? [] : [{ findingId: finding.id, instances: count }];
  });
  await recordSightings(db, sightings, verdict.observedAt ?? now);
  if (!isNew) return;
  const hits = new Map<string, number>();
  for (const { ignoredBy } of hidden) if (ignoredBy) hits.set(ignoredBy, (hits.get(ignoredBy) ?? 0) + 1);
  await recordHits(db, hits, now);
}

const ATTEMPTS = 4;

/** Somebody may decide about a finding at the same moment: then what has to change is looked at again. */
async function record(
  db: Db,
  found: ToRecord,
  { wanted, onsetAfter, now }: { readonly wanted: number; readonly onsetAfter: Date | null; readonly now: Date },
): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left--) {
    const { moves, toTell } = await planRecording(db, found, { wanted, now });
    if (moves.length === 0 && toTell.length === 0) return;
    try {
      await recordDrift(worker(), { ...found, onsetAfter }, { now });
      return;
    } catch (error) {
      if (!isConflict(error) || left === 0) throw error;
    }
  }
}

/** The newest report of the last evaluation that could tell: what is new now was not there then. */
function lastWithout({ last, observedAt }: StoredVerdict): Date | null {
  if (last === null) return null;
  const couldTell = last.sync === "in_sync" || last.sync === "hot_patched" || last.sync === "drifted";
  return couldTell ? observedAt : last.lastInSyncAt;
}

type Settling = {
  readonly evaluation: Evaluation;
  readonly deployment: {
    readonly number: number;
    readonly state: string;
    readonly needsBuild: boolean;
    readonly createdAt: Date;
    readonly verification: unknown;
  };
  readonly builds: StoredVerdict["builds"];
  readonly now: Date;
};

async function settle(db: Db, place: Place, { evaluation, deployment, builds, now }: Settling): Promise<void> {
  const state = deployment.state as DeploymentState;
  if (!evaluation.state || evaluation.state.deployment.number !== deployment.number || state === "verified") return;
  const witnesses = await witnessesOf(db, place, {
    groups: evaluation.groups,
    builds,
    deployedAt: deployment.createdAt,
    now,
  });
  const { running: counted, live: of } = (deployment.verification ?? {}) as Partial<Verification>;
  const known = counted === undefined || of === undefined ? {} : { counted: { running: counted, live: of } };
  const next = observedState({ ...deployment, state }, { ...witnesses, ...known }, now);
  if (next === null) return;
  const { running, onNewBuild, live } = witnesses;
  const seen = {
    deployment: deployment.number,
    state: next,
    running: deployment.needsBuild ? onNewBuild : running,
    live,
    digest: evaluation.state.declaredDigest,
  };
  await unlessDone(() => observeDeployment(worker(), seen, { now }));
}

/** What providers served first under the deployment that is current; what came later is compared with it. */
function servedFirst(stored: StoredVerdict, { state, models }: Evaluation): StoredVerdict["served"] {
  if (!state) return null;
  const known = stored.served?.deploymentId === state.deployment.id ? stored.served.models : [];
  const isKnown = (model: ServedModel) =>
    known.some((one) => one.pointer === model.pointer && one.requested === model.requested);
  const fresh = new Map<string, ServedModel>();
  for (const model of models) {
    const key = `${model.pointer} ${model.requested}`;
    if (!isKnown(model) && !fresh.has(key)) fresh.set(key, model);
  }
  return { deploymentId: state.deployment.id, models: [...known, ...fresh.values()] };
}

/** What must be the same in every environment is compared with what the others run: when that changes, so may they. */
async function markSiblings(
  db: Db,
  { evaluation, stored }: { readonly evaluation: Evaluation; readonly stored: StoredVerdict },
): Promise<void> {
  const { place, verdict, rules } = evaluation;
  const observed = verdict.observed as unknown as Json;
  if (jsonEqual(observed, stored.observed) || !isOwnedAnywhere(rules, place.bundle.slug)) return;
  await db.$executeRaw`
    UPDATE sync_verdict SET is_dirty = true, revision = revision + 1
    WHERE bundle_id = ${place.bundleId}::uuid AND environment_id <> ${place.environmentId}::uuid`;
}

/** Somebody was first, and what they changed marks the place again where it matters. */
async function unlessDone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.code === "conflict";
}

function worker() {
  return jobActor({ id: "comparing", name: "Plumbline", role: "administrator" });
}

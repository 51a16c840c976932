import { newId } from "#lib/kernel/id.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, refusingTaken, type Tx } from "#lib/platform/db.ts";
import type { FreezeWindow } from "#lib/releases/freeze.ts";
import type { DeploymentKind, DeploymentState, FreezeKind, Verification, Vouchers } from "#lib/releases/model.ts";
import type { Stay } from "#lib/releases/rules.ts";

export type Deploying = {
  readonly systemId: string;
  readonly bundleId: string;
  readonly environmentId: string;
  readonly versionId: string;
  readonly versionDigest: string;
  readonly effective: JsonObject;
  readonly effectiveDigest: string;
  readonly rulesVersionId: string;
  readonly rulesDigest: string;
  readonly vouchers: Vouchers;
  readonly changeRequestId: string;
  readonly kind: DeploymentKind;
  readonly by: string;
  readonly needsBuild: boolean;
  /** Whether a hot-patch stays in force on top of it. */
  readonly underHotPatch: boolean;
  /** The snapshot that the gates saw running there; null for nothing. */
  readonly replacesSnapshotId: string | null;
};

export type Deployed = {
  readonly deploymentNumber: number;
  readonly snapshotNumber: number;
  readonly snapshotId: string;
};

/**
 * Captures the snapshot and makes it current, in one go. What it takes the place of must still be what the gates saw.
 * @throws Refusal `conflict` when the environment moved meanwhile
 */
export async function deploy(tx: Tx, deploying: Deploying, now: Date): Promise<Deployed> {
  const { kind, by, needsBuild, replacesSnapshotId, changeRequestId, ...captured } = deploying;
  const place = { bundleId: captured.bundleId, environmentId: captured.environmentId };
  if (replacesSnapshotId !== null) {
    const { count } = await tx.deployment.updateMany({
      where: { ...place, isCurrent: true, snapshotId: replacesSnapshotId },
      data: {
        isCurrent: false,
        state: kind === "rollback" ? "rolled_back" : "superseded",
        endedAt: now,
        revision: { increment: 1 },
      },
    });
    if (count === 0)
      throw new Refusal("conflict", "Something else was deployed here meanwhile; look at the request again");
  }
  const snapshot = await tx.snapshot.create({
    data: { ...captured, id: newId(now), createdAt: now },
  });
  const deployment = await refusingTaken(
    "deployment_current_key",
    "Something else was deployed here meanwhile; look at the request again",
    () =>
      tx.deployment.create({
        data: {
          ...place,
          id: newId(now),
          systemId: captured.systemId,
          snapshotId: snapshot.id,
          changeRequestId,
          kind,
          state: "pending",
          isCurrent: true,
          needsBuild,
          deployedBy: by,
          createdAt: now,
        },
      }),
  );
  return { deploymentNumber: deployment.number, snapshotNumber: snapshot.number, snapshotId: snapshot.id };
}

/** What runs in a place now, as declared; null before the first deployment. */
export async function currentDeployment(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
) {
  return reader.deployment.findFirst({
    where: { ...place, isCurrent: true },
    include: { snapshot: true },
  });
}

/** Every stay of any version in a place, newest first. Bounded: rules look at the last 200. */
export async function staysIn(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
): Promise<readonly Stay[]> {
  const rows = await reader.deployment.findMany({
    where: place,
    orderBy: { number: "desc" },
    take: 200,
    select: { state: true, createdAt: true, endedAt: true, snapshot: { select: { versionDigest: true } } },
  });
  return rows.map((row) => ({
    versionDigest: row.snapshot.versionDigest,
    state: row.state as DeploymentState,
    from: row.createdAt,
    until: row.endedAt,
  }));
}

/** Whether a runtime of a place reported within twice its interval. */
export async function hasLiveRuntimes(
  reader: Reader,
  { environmentId, bundleId }: { readonly environmentId: string; readonly bundleId: string },
  now: Date,
): Promise<boolean> {
  const rows = await reader.$queryRaw<{ live: boolean }[]>`
    SELECT EXISTS (SELECT FROM runtime WHERE environment_id = ${environmentId}::uuid AND bundle_id = ${bundleId}::uuid
      AND last_seen_at + make_interval(secs => 2 * interval_seconds) >= ${now}) AS live`;
  return rows[0]?.live ?? false;
}

/** Compare-and-set from the state that the rules saw. */
export async function settleDeployment(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  result: {
    readonly state: DeploymentState;
    readonly verification: Verification;
    readonly verifiedAt: Date | null;
  },
): Promise<void> {
  const { count } = await tx.deployment.updateMany({
    where: { id: seen.id, revision: seen.revision },
    data: { ...result, verification: { ...result.verification }, revision: seen.revision + 1 },
  });
  if (count === 0) throw new Refusal("conflict", "This deployment changed meanwhile; reload to see its state");
}

/** Every freeze window that has not ended. */
export async function freezeWindows(
  reader: Reader,
  now: Date,
): Promise<readonly (FreezeWindow & { readonly revision: number })[]> {
  const rows = await reader.freezeWindow.findMany({
    where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    orderBy: { name: "asc" },
  });
  return rows.map((row) => ({ ...row, kind: row.kind as FreezeKind }));
}

export async function insertFreezeWindow(tx: Tx, window: Omit<FreezeWindow, "id">, now: Date): Promise<string> {
  const id = newId(now);
  await tx.freezeWindow.create({
    data: { ...window, systems: [...window.systems], environments: [...window.environments], id, createdAt: now },
  });
  return id;
}

export async function updateFreezeWindow(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  window: Omit<FreezeWindow, "id">,
): Promise<void> {
  const { count } = await tx.freezeWindow.updateMany({
    where: { id: seen.id, revision: seen.revision },
    data: {
      ...window,
      systems: [...window.systems],
      environments: [...window.environments],
      revision: seen.revision + 1,
    },
  });
  if (count === 0)
    throw new Refusal("conflict", "Someone else changed this freeze window first; reload to see their change");
}

export async function deleteFreezeWindow(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
): Promise<void> {
  const { count } = await tx.freezeWindow.deleteMany({ where: { id: seen.id, revision: seen.revision } });
  if (count === 0)
    throw new Refusal("conflict", "Someone else changed this freeze window first; reload to see their change");
}

import { type Spread, spreadOf } from "#lib/insights/figures.ts";
import type { Db } from "#lib/platform/db.ts";

export type Delivery = {
  /** From the change request that proposed a version until that version was deployed, each version once. */
  readonly leadTime: Spread | null;
  readonly deployments: number;
  /** Those that were rolled back, seen to fail, or patched by hand before the next one came. */
  readonly failures: {
    readonly rolledBack: number;
    readonly failed: number;
    readonly patched: number;
    readonly any: number;
  };
};

type Stage = { readonly id: string; readonly systemId: string; readonly position: number };

/** The last stage of each system's pipeline, or every stage when one was asked for. Rollbacks are answers to failures, not changes. */
export async function deliveryFigures(
  db: Db,
  { environments, isNarrowed }: { readonly environments: readonly Stage[]; readonly isNarrowed: boolean },
  period: { readonly from: Date; readonly to: Date },
): Promise<Delivery> {
  const stages = isNarrowed ? environments : lastStages(environments);
  const inStages = { environmentId: { in: stages.map(({ id }) => id) } };
  const deployments = await db.deployment.findMany({
    where: { ...inStages, kind: "promotion", createdAt: { gte: period.from, lte: period.to } },
    orderBy: { number: "asc" },
    select: {
      state: true,
      createdAt: true,
      environmentId: true,
      snapshotId: true,
      snapshot: { select: { versionId: true, version: { select: { changeRequestId: true, createdAt: true } } } },
    },
  });
  const versions = deployments.map((one) => one.snapshot.versionId);
  const [requests, patched, earlier] = await Promise.all([
    db.changeRequest.findMany({
      where: { id: { in: deployments.flatMap((one) => one.snapshot.version.changeRequestId ?? []) } },
      select: { id: true, createdAt: true },
    }),
    db.hotPatch.findMany({
      where: { baseSnapshotId: { in: deployments.map((one) => one.snapshotId) }, activatedAt: { not: null } },
      select: { baseSnapshotId: true },
    }),
    db.deployment.findMany({
      where: { ...inStages, createdAt: { lt: period.from }, snapshot: { versionId: { in: versions } } },
      select: { environmentId: true, snapshot: { select: { versionId: true } } },
    }),
  ]);
  const proposedAt = new Map(requests.map((one) => [one.id, one.createdAt]));
  const seen = new Set(earlier.map((one) => `${one.environmentId}/${one.snapshot.versionId}`));
  const leads: number[] = [];
  for (const { environmentId, createdAt, snapshot } of deployments) {
    const key = `${environmentId}/${snapshot.versionId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const began = proposedAt.get(snapshot.version.changeRequestId ?? "") ?? snapshot.version.createdAt;
    leads.push(createdAt.getTime() - began.getTime());
  }
  const byHand = new Set(patched.map((one) => one.baseSnapshotId));
  const rolledBack = deployments.filter((one) => one.state === "rolled_back");
  const failed = deployments.filter((one) => one.state === "failed");
  const repaired = deployments.filter((one) => byHand.has(one.snapshotId));
  return {
    leadTime: spreadOf(leads),
    deployments: deployments.length,
    failures: {
      rolledBack: rolledBack.length,
      failed: failed.length,
      patched: repaired.length,
      any: new Set([...rolledBack, ...failed, ...repaired]).size,
    },
  };
}

function lastStages(environments: readonly Stage[]): readonly Stage[] {
  return environments.filter(
    (one) => !environments.some((other) => other.systemId === one.systemId && other.position > one.position),
  );
}

import type { AuditLine } from "#lib/audit/model.ts";
import { compareEffective } from "#lib/bundles/changes.ts";
import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import { type BundleVersionRow, versionById } from "#lib/bundles/store.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Vouchers } from "#lib/releases/model.ts";
import { currentDeployment, type Deployed, deploy } from "#lib/releases/store.ts";
import type { PromotionContent, RollbackContent } from "#lib/reviews/model.ts";
import { currentRules, environmentBySlug, setHold } from "#lib/systems/store.ts";

export type TakingEffect = {
  readonly system: { readonly id: string; readonly slug: string; readonly name: string };
  readonly change: { readonly id: string; readonly number: number; readonly reason: string };
  readonly content: PromotionContent | RollbackContent;
  /** Who applies it. */
  readonly by: string;
  readonly vouchers: Omit<Vouchers, "rollbackOf">;
  /** Whether a hot-patch stays in force on top of what is deployed. */
  readonly isUnderHotPatch: (deployed: DeployedPlace) => Promise<boolean>;
};

/** What is declared in a place from now on. */
export type DeployedPlace = {
  readonly bundleId: string;
  readonly environmentId: string;
  readonly effective: JsonObject;
};

export type TookEffect = {
  readonly deployed: readonly (Deployed & DeployedPlace)[];
  readonly audit: readonly AuditLine[];
};

type Planned = {
  readonly version: BundleVersionRow;
  readonly effective: JsonObject;
  readonly rollbackOf: number | null;
};

/** Deploys every bundle of a promotion or rollback, all or none; a rollback leaves the environment on hold. */
export async function takeEffect(tx: Tx, effect: TakingEffect, now: Date): Promise<TookEffect> {
  const { system, change, content, by } = effect;
  const environment = await environmentBySlug(tx, system.id, content.environment);
  const { id: rulesVersionId, digest: rulesDigest, rules } = await currentRules(tx, system.id);
  const deployed: (Deployed & DeployedPlace)[] = [];
  const audit: AuditLine[] = [];
  for (const bundle of content.bundles) {
    const planned = await plan(tx, content, bundle.bundleId);
    const effectiveDigest = digestOf(planned.effective);
    if (effectiveDigest !== bundle.effectiveDigest) {
      throw new Refusal(
        "conflict",
        `What would be deployed of ${bundle.slug} is not what was approved; nothing was deployed`,
      );
    }
    const { version } = planned;
    const running = await currentDeployment(tx, { bundleId: bundle.bundleId, environmentId: environment.id });
    const before = (running?.snapshot.effective ?? {}) as JsonObject;
    const changes = compareEffective({ bundle: bundle.slug, before, after: planned.effective, rules });
    const place = { bundleId: bundle.bundleId, environmentId: environment.id, effective: planned.effective };
    const done = await deploy(
      tx,
      {
        systemId: system.id,
        ...place,
        versionId: version.id,
        versionDigest: version.digest,
        effectiveDigest,
        rulesVersionId,
        rulesDigest,
        vouchers: { ...effect.vouchers, rollbackOf: planned.rollbackOf },
        changeRequestId: change.id,
        kind: content.kind,
        by,
        underHotPatch: await effect.isUnderHotPatch(place),
        needsBuild: running !== null && changes.some((one) => one.tier === "build"),
        replacesSnapshotId: bundle.replacesSnapshotId,
      },
      now,
    );
    deployed.push({ ...done, ...place });
    audit.push({
      action: content.kind === "rollback" ? "deployment.rolled_back" : "deployment.started",
      subject: { type: "deployment", id: String(done.deploymentNumber) },
      summary:
        content.kind === "rollback"
          ? `${by} rolled ${bundle.slug} in ${environment.name} back to snapshot ${planned.rollbackOf}`
          : `${by} deployed ${bundle.slug} ${version.semver} to ${environment.name}`,
      systemId: system.id,
      environment: environment.slug,
      changeRequestId: change.id,
      reason: change.reason,
      detail: {
        snapshot: done.snapshotNumber,
        version: version.semver,
        effectiveDigest,
        changes: changes.map(({ pointer, before: old, after: fresh }) => ({
          pointer,
          ...(old !== undefined && { before: old }),
          ...(fresh !== undefined && { after: fresh }),
        })),
      },
    });
  }
  if (content.kind === "rollback" && !environment.heldAt) {
    const reason = `Rolled back by change request ${change.number}`;
    await setHold(tx, environment, { at: now, reason, by });
    audit.push({
      action: "environment.held",
      subject: { type: "environment", id: `${system.slug}/${environment.slug}` },
      summary: `${environment.name} of ${system.name} is on hold after the rollback`,
      systemId: system.id,
      environment: environment.slug,
      changeRequestId: change.id,
      reason,
    });
  }
  return { deployed, audit };
}

/** What a promotion makes of a version now, or what a rollback takes from the earlier snapshot, by value. */
async function plan(tx: Tx, content: PromotionContent | RollbackContent, bundleId: string): Promise<Planned> {
  if (content.kind === "promotion") {
    const chosen = content.bundles.find((one) => one.bundleId === bundleId);
    const version = await versionById(tx, chosen?.versionId ?? "");
    const { value } = effectiveConfiguration(version.document, content.environment);
    return { version, effective: value, rollbackOf: null };
  }
  const chosen = content.bundles.find((one) => one.bundleId === bundleId);
  const snapshot = await tx.snapshot.findUniqueOrThrow({ where: { id: chosen?.snapshotId ?? "" } });
  const version = await versionById(tx, snapshot.versionId);
  return { version, effective: snapshot.effective as JsonObject, rollbackOf: snapshot.number };
}

import { effectiveValue } from "#lib/bundles/effective.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { environmentBySlug } from "#lib/systems/store.ts";
import { documentOf } from "./consequences.ts";
import type { PromotionContent, RollbackContent } from "./model.ts";

type Target = { readonly systemId: string; readonly environment: string };

/** Versions into an environment, as it is now. @throws Refusal `not_found`, `invalid` or `conflict` */
export async function promotionContent(
  reader: Reader,
  target: Target,
  versionIds: readonly string[],
): Promise<PromotionContent> {
  const environment = await environmentBySlug(reader, target.systemId, target.environment);
  const rows = await reader.bundleVersion.findMany({
    where: { id: { in: [...versionIds] }, bundle: { systemId: target.systemId } },
    include: { bundle: true },
  });
  assertEachOnce(rows, versionIds, "version");
  const running = await currentSnapshots(reader, environment.id);
  const bundles = rows.map((row) => {
    const current = running.get(row.bundleId);
    if (row.bundle.archivedAt) throw new Refusal("conflict", `${row.bundle.name} is archived; it cannot be promoted`);
    const effectiveDigest = digestOf(effectiveValue(documentOf(row), environment.slug));
    if (current?.versionDigest === row.digest && current.effectiveDigest === effectiveDigest) {
      throw new Refusal(
        "invalid",
        `${environment.name} runs ${row.bundle.name} ${row.semver} already; choose another version`,
      );
    }
    return {
      bundleId: row.bundleId,
      slug: row.bundle.slug,
      versionId: row.id,
      digest: row.digest,
      effectiveDigest,
      replacesSnapshotId: current?.snapshotId ?? null,
    };
  });
  return { kind: "promotion", environment: environment.slug, bundles: bySlug(bundles) };
}

/** Earlier snapshots into their environment, as it is now. @throws Refusal `not_found`, `invalid` or `conflict` */
export async function rollbackContent(
  reader: Reader,
  target: Target,
  snapshotNumbers: readonly number[],
): Promise<RollbackContent> {
  const environment = await environmentBySlug(reader, target.systemId, target.environment);
  const rows = await reader.snapshot.findMany({
    where: { number: { in: [...snapshotNumbers] }, environmentId: environment.id },
    include: { bundle: true },
  });
  assertEachOnce(rows, snapshotNumbers, `snapshot of ${environment.name}`);
  const running = await currentSnapshots(reader, environment.id);
  const bundles = rows.map((row) => {
    const current = running.get(row.bundleId);
    if (current?.effectiveDigest === row.effectiveDigest) {
      throw new Refusal(
        "invalid",
        `${environment.name} runs what snapshot ${row.number} holds already; choose another`,
      );
    }
    return {
      bundleId: row.bundleId,
      slug: row.bundle.slug,
      snapshotId: row.id,
      versionId: row.versionId,
      effectiveDigest: row.effectiveDigest,
      replacesSnapshotId: current?.snapshotId ?? null,
    };
  });
  return { kind: "rollback", environment: environment.slug, bundles: bySlug(bundles) };
}

/** The same content on top of what runs in the environment now. */
export async function retargeted<C extends PromotionContent | RollbackContent>(
  reader: Reader,
  systemId: string,
  content: C,
): Promise<C> {
  const environment = await environmentBySlug(reader, systemId, content.environment);
  const running = await currentSnapshots(reader, environment.id);
  const bundles = content.bundles.map((bundle) => ({
    ...bundle,
    replacesSnapshotId: running.get(bundle.bundleId)?.snapshotId ?? null,
  }));
  return { ...content, bundles };
}

export type RunningSnapshot = {
  readonly snapshotId: string;
  readonly versionDigest: string;
  readonly effectiveDigest: string;
};

/** What runs in an environment now, by bundle id. */
export async function currentSnapshots(
  reader: Reader,
  environmentId: string,
): Promise<ReadonlyMap<string, RunningSnapshot>> {
  const rows = await reader.deployment.findMany({
    where: { environmentId, isCurrent: true },
    select: { bundleId: true, snapshotId: true, snapshot: { select: { versionDigest: true, effectiveDigest: true } } },
  });
  return new Map(rows.map((row) => [row.bundleId, { snapshotId: row.snapshotId, ...row.snapshot }]));
}

function assertEachOnce(
  rows: readonly { readonly bundleId: string }[],
  wanted: readonly unknown[],
  what: string,
): void {
  if (rows.length !== new Set(wanted).size) throw new Refusal("not_found", `There is no such ${what} in this system`);
  if (new Set(rows.map((row) => row.bundleId)).size !== rows.length) {
    throw new Refusal("invalid", `Choose one ${what} for each bundle`);
  }
}

/** The same choice always gives the same digest, in whatever order it was made. */
export function bySlug<T extends { readonly slug: string }>(bundles: readonly T[]): readonly T[] {
  return [...bundles].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

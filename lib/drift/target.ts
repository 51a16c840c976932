import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import type { SyncState } from "#lib/runtimes/model.ts";
import { findingRows, severityRank, stateAt } from "./finding-rows.ts";
import { BESIDE_SYNC } from "./model.ts";
import { syncAt } from "./verdict.ts";

/** What is known of a bundle where it is about to be deployed. */
export type TargetPlace = {
  readonly bundle: string;
  /** Null: no runtime has ever reported there, so that nothing is expected to. */
  readonly sync: SyncState | null;
  /** Those that somebody has to look at; not those that a request accepts, or that are suppressed until a time. */
  readonly findings: readonly { readonly number: number; readonly summary: string }[];
};

const MOST_NAMED = 50;

/** What runs in the target of a deployment, as far as it is known at this moment. */
export async function targetPlaces(
  reader: Reader,
  target: {
    readonly environmentId: string;
    readonly bundles: readonly { readonly bundleId: string; readonly slug: string }[];
  },
  now: Date,
): Promise<readonly TargetPlace[]> {
  const places: TargetPlace[] = [];
  for (const { bundleId, slug } of target.bundles) {
    const { environmentId } = target;
    const verdict = await reader.syncVerdict.findUnique({
      where: { environmentId_bundleId: { environmentId, bundleId } },
      select: { sync: true, validUntil: true, instances: true, silent: true },
    });
    const rows = await findingRows(
      reader,
      Prisma.sql`f.environment_id = ${environmentId}::uuid AND f.bundle_id = ${bundleId}::uuid
        AND f.kind <> ALL(${[...BESIDE_SYNC]}::text[]) AND ${stateAt(now)} IN ('open', 'acknowledged')`,
      { order: Prisma.sql`${severityRank}, f.number`, limit: MOST_NAMED, now },
    );
    const isReported = verdict !== null && verdict.instances + verdict.silent > 0;
    places.push({
      bundle: slug,
      sync: isReported ? syncAt({ sync: verdict.sync as SyncState, validUntil: verdict.validUntil }, now) : null,
      findings: rows.map(({ number, summary }) => ({ number, summary })),
    });
  }
  return places;
}

import type { Db } from "#lib/platform/db.ts";
import { markForComparison } from "#lib/releases/mark.ts";
import { leaveDigests, lockInstances, removeInstances } from "./reports-store.ts";

/** Rows that one transaction takes, so that reports never wait long for it. */
const BATCH = 500;

/** Removes instances that were last heard of before the given moment. @returns how many */
export async function forgetInstances(db: Db, before: Date, now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const forgotten = await db.$transaction(async (tx) => {
      const found = await tx.runtime.findMany({
        where: { lastSeenAt: { lt: before } },
        orderBy: [{ environmentId: "asc" }, { bundleId: "asc" }, { instance: "asc" }],
        take: BATCH,
      });
      const known = await lockInstances(tx, found);
      // One of them may have reported meanwhile.
      const silent = [...known.values()].filter((one) => one.lastSeenAt.getTime() < before.getTime());
      await removeInstances(tx, silent);
      await leaveDigests(
        tx,
        silent.flatMap(({ environmentId, bundleId, digest, lastSeenAt }) =>
          digest === null ? [] : [{ environmentId, bundleId, digest, lastSeenAt }],
        ),
      );
      const places = new Map(silent.map((one) => [`${one.environmentId} ${one.bundleId}`, one]));
      for (const [, place] of places) await markForComparison(tx, place, now);
      return { seen: found.length, gone: silent.length };
    });
    total += forgotten.gone;
    if (forgotten.seen < BATCH || forgotten.gone === 0) return total;
  }
}

/** Removes documents that no instance runs and none ran since the given moment. @returns how many */
export async function forgetObservations(db: Db, before: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const gone = await db.$executeRaw`
      DELETE FROM observation WHERE (environment_id, bundle_id, digest) IN (
        SELECT o.environment_id, o.bundle_id, o.digest FROM observation o
        WHERE o.last_seen_at < ${before} AND NOT EXISTS (SELECT FROM runtime r
          WHERE r.environment_id = o.environment_id AND r.bundle_id = o.bundle_id AND r.digest = o.digest)
        LIMIT ${BATCH})`;
    total += gone;
    if (gone < BATCH) return total;
  }
}

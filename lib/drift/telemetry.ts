import type { Json } from "#lib/kernel/json.ts";
import type { Db, Reader } from "#lib/platform/db.ts";
import type { HealthState, Place, ServedModel, SyncState } from "#lib/runtimes/model.ts";
import type { Remembered } from "./evaluate-place.ts";
import type { Verdict } from "./verdict.ts";

/** A build and when it was first reported in a place. ISO 8601. */
export type KnownBuild = { readonly build: string; readonly at: string };

/** What the last evaluation of a place left behind. */
export type StoredVerdict = Remembered & {
  readonly systemId: string;
  readonly revision: number;
  readonly isDirty: boolean;
  readonly observedAt: Date | null;
  readonly evaluatedAt: Date | null;
  readonly observed: Json;
  readonly declaredDigest: string | null;
  readonly builds: readonly KnownBuild[];
};

/** Null when nobody ever asked for a verdict of this place. */
export async function storedVerdict(reader: Reader, { environmentId, bundleId }: Place): Promise<StoredVerdict | null> {
  const row = await reader.syncVerdict.findUnique({ where: { environmentId_bundleId: { environmentId, bundleId } } });
  if (!row) return null;
  const served = row.models as { readonly deploymentId?: string; readonly models?: readonly ServedModel[] };
  return {
    systemId: row.systemId,
    revision: row.revision,
    isDirty: row.isDirty,
    observedAt: row.observedAt,
    evaluatedAt: row.evaluatedAt,
    observed: row.observed as Json,
    declaredDigest: row.declaredDigest,
    builds: row.builds as unknown as readonly KnownBuild[],
    served: served.deploymentId ? { deploymentId: served.deploymentId, models: served.models ?? [] } : null,
    last:
      row.evaluatedAt === null
        ? null
        : {
            sync: row.sync as SyncState,
            syncSince: row.syncSince,
            health: row.health as HealthState,
            healthSince: row.healthSince,
            lastInSyncAt: row.lastInSyncAt,
          },
  };
}

export type VerdictToStore = {
  readonly verdict: Verdict;
  readonly declaredDigest: string | null;
  readonly rulesDigest: string;
  readonly builds: readonly KnownBuild[];
  readonly served: Remembered["served"];
};

/**
 * Keeps a verdict, unless something that it rests on changed since it was begun: then the place stays marked, and what
 * has just been found is shown until it was compared again. @returns whether nothing changed meanwhile
 */
export async function storeVerdict(
  db: Db,
  place: Place & { readonly revision: number },
  { verdict, served, builds, ...digests }: VerdictToStore,
  now: Date,
): Promise<boolean> {
  const data = {
    ...verdict,
    ...digests,
    observed: verdict.observed as unknown as Json[],
    builds: builds as unknown as Json[],
    models: (served ?? {}) as unknown as { [key: string]: Json },
    evaluatedAt: now,
  };
  const { environmentId, bundleId, revision } = place;
  const { count } = await db.syncVerdict.updateMany({
    where: { environmentId, bundleId, revision },
    data: { ...data, isDirty: false },
  });
  if (count > 0) return true;
  await db.syncVerdict.updateMany({ where: { environmentId, bundleId }, data });
  return false;
}

/** Counts that these findings were seen. The same observation counts once, however often it is evaluated. */
export async function recordSightings(
  db: Db,
  sightings: readonly { readonly findingId: string; readonly instances: number }[],
  at: Date,
): Promise<void> {
  if (sightings.length === 0) return;
  const given = JSON.stringify(sightings.map((one) => ({ finding_id: one.findingId, instances: one.instances })));
  await db.$executeRaw`
    INSERT INTO finding_sighting (finding_id, last_seen_at, confirmations, instances)
    SELECT g.finding_id, ${at}, 1, g.instances
    FROM json_to_recordset(${given}::json) AS g(finding_id uuid, instances int) ORDER BY g.finding_id
    ON CONFLICT (finding_id) DO UPDATE SET
      confirmations = finding_sighting.confirmations + (finding_sighting.last_seen_at < excluded.last_seen_at)::int,
      last_seen_at = greatest(finding_sighting.last_seen_at, excluded.last_seen_at),
      instances = excluded.instances`;
}

/** How often each of these findings was confirmed since it was opened, and by which observation last. */
export async function sightingsOf(
  reader: Reader,
  findingIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly confirmations: number; readonly lastSeenAt: Date }>> {
  if (findingIds.length === 0) return new Map();
  const rows = await reader.findingSighting.findMany({ where: { findingId: { in: [...findingIds] } } });
  return new Map(rows.map((row) => [row.findingId, row]));
}

/** Counts what ignore rules hid. */
export async function recordHits(db: Db, hits: ReadonlyMap<string, number>, now: Date): Promise<void> {
  if (hits.size === 0) return;
  const given = JSON.stringify([...hits].map(([id, count]) => ({ id, count })));
  await db.$executeRaw`
    INSERT INTO ignore_rule_hit (ignore_rule_id, hits, last_hit_at)
    SELECT g.id, g.count, ${now} FROM json_to_recordset(${given}::json) AS g(id uuid, count int) ORDER BY g.id
    ON CONFLICT (ignore_rule_id) DO UPDATE SET hits = ignore_rule_hit.hits + excluded.hits, last_hit_at = excluded.last_hit_at`;
}

import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Origins, Place, ServedModel } from "#lib/runtimes/model.ts";
import type { IgnoreRuleFacts } from "./ignore.ts";
import type { FindingKind } from "./model.ts";
import { healthOfRank, type ReportGroup } from "./verdict.ts";

type Named = { readonly id: string; readonly slug: string; readonly name: string };

/** A place by its names, with the rules in force. */
export type PlaceNames = Place & {
  readonly system: Named;
  readonly environment: Named & { readonly position: number };
  readonly bundle: Named;
  readonly rulesId: string;
  readonly rulesDigest: string;
};

/** Null when the place is gone, or has no rules yet. */
export async function placeNames(reader: Reader, place: Place): Promise<PlaceNames | null> {
  const [row] = await reader.$queryRaw<Record<string, string | number>[]>`
    SELECT s.id AS "systemId", s.slug AS "system", s.name AS "systemName", e.slug AS "environment", e.name AS
      "environmentName", e.position, b.slug AS "bundle", b.name AS "bundleName", r.id AS "rulesId", r.digest
    FROM environment e
    JOIN system s ON s.id = e.system_id
    JOIN bundle b ON b.id = ${place.bundleId}::uuid AND b.system_id = s.id
    JOIN LATERAL (SELECT id, digest FROM rules_version WHERE system_id = s.id ORDER BY sequence DESC LIMIT 1) r ON true
    WHERE e.id = ${place.environmentId}::uuid`;
  if (!row) return null;
  return {
    environmentId: place.environmentId,
    bundleId: place.bundleId,
    system: { id: String(row.systemId), slug: String(row.system), name: String(row.systemName) },
    environment: {
      id: place.environmentId,
      slug: String(row.environment),
      name: String(row.environmentName),
      position: Number(row.position),
    },
    bundle: { id: place.bundleId, slug: String(row.bundle), name: String(row.bundleName) },
    rulesId: String(row.rulesId),
    rulesDigest: String(row.digest),
  };
}

/** A group of instances with what else the evaluation asks of it. */
export type Reports = ReportGroup & {
  readonly modelsDigest: string;
  /** The oldest of their newest reports. */
  readonly oldestAt: Date;
  readonly longestIntervalSeconds: number;
};

type ReportsRow = Omit<Reports, "health"> & { readonly healthRank: number };

/**
 * The instances of a place, grouped by what they report and by whether it was before `changedAt`: as many rows as there
 * are different reports, or twice as many.
 */
export async function reportsOf(
  reader: Reader,
  place: Place,
  { now, changedAt }: { readonly now: Date; readonly changedAt: Date | null },
): Promise<readonly Reports[]> {
  const rows = await reader.$queryRaw<ReportsRow[]>`
    SELECT digest, models_digest AS "modelsDigest", is_silent AS "isSilent", is_before AS "isBefore", count(*)::int AS instances,
      max(CASE health WHEN 'ok' THEN 0 WHEN 'degraded' THEN 2 WHEN 'failing' THEN 3 ELSE 1 END)::int AS "healthRank",
      max(last_seen_at) AS "newestAt", min(last_seen_at) AS "oldestAt",
      (array_agg(instance ORDER BY last_seen_at DESC, instance))[1] AS "newestBy",
      max(last_seen_at + make_interval(secs => 2 * interval_seconds)) AS "freshUntil",
      max(interval_seconds)::int AS "longestIntervalSeconds"
    FROM (SELECT *, last_seen_at + make_interval(secs => 2 * interval_seconds) < ${now} AS is_silent,
        coalesce(last_seen_at < ${changedAt}::timestamptz, false) AS is_before FROM runtime
      WHERE environment_id = ${place.environmentId}::uuid AND bundle_id = ${place.bundleId}::uuid) r
    GROUP BY digest, models_digest, is_silent, is_before
    ORDER BY instances DESC, digest, models_digest`;
  return rows.map(({ healthRank, ...row }) => ({ ...row, health: healthOfRank(healthRank) }));
}

/** A document that some runtime reported, without the document. */
export type KnownDocument = { readonly digest: string; readonly originsKey: string };

/** Which of these digests have a document, and what their origins are called. */
export async function knownDocuments(
  reader: Reader,
  place: Place,
  digests: readonly string[],
): Promise<ReadonlyMap<string, KnownDocument>> {
  if (digests.length === 0) return new Map();
  const rows = await reader.$queryRaw<KnownDocument[]>`
    SELECT digest, md5(origins::text) AS "originsKey" FROM observation
    WHERE environment_id = ${place.environmentId}::uuid AND bundle_id = ${place.bundleId}::uuid
      AND digest = ANY(${[...digests]}::text[])`;
  return new Map(rows.map((row) => [row.digest, row]));
}

export type ObservedDocument = {
  readonly digest: string;
  readonly document: JsonObject;
  readonly origins: Origins;
};

/** The documents themselves; a caller asks for so many at a time as it can hold. */
export async function observedDocuments(
  reader: Reader,
  place: Place,
  digests: readonly string[],
): Promise<readonly ObservedDocument[]> {
  const rows = await reader.observation.findMany({
    where: { environmentId: place.environmentId, bundleId: place.bundleId, digest: { in: [...digests] } },
    select: { digest: true, document: true, origins: true },
  });
  return rows.map((row) => ({
    digest: row.digest,
    document: row.document as JsonObject,
    origins: row.origins as Origins,
  }));
}

/** Of each of these digests of models, the models. */
export async function reportedModels(
  reader: Reader,
  place: Place,
  modelsDigests: readonly string[],
): Promise<ReadonlyMap<string, readonly ServedModel[]>> {
  if (modelsDigests.length === 0) return new Map();
  const rows = await reader.runtime.findMany({
    where: {
      environmentId: place.environmentId,
      bundleId: place.bundleId,
      modelsDigest: { in: [...modelsDigests] },
    },
    distinct: ["modelsDigest"],
    select: { modelsDigest: true, models: true },
  });
  return new Map(rows.map((row) => [row.modelsDigest, row.models as unknown as readonly ServedModel[]]));
}

/** The rules of a system that may hide something, the ended ones left out. */
export async function ignoreRulesOf(reader: Reader, systemId: string): Promise<readonly IgnoreRuleFacts[]> {
  const rows = await reader.ignoreRule.findMany({
    where: { systemId, endedAt: null },
    orderBy: { id: "asc" },
    select: {
      id: true,
      pattern: true,
      kinds: true,
      environments: true,
      bundle: true,
      expiresAt: true,
      endedAt: true,
    },
  });
  return rows.map((row) => ({ ...row, kinds: row.kinds as FindingKind[] }));
}

/** What the other environments of a system declare of a bundle, and what most of their live runtimes run. */
export type Elsewhere = {
  readonly environment: string;
  readonly declared: JsonObject;
  readonly observed: ObservedDocument;
};

/** The other environments of a place where somebody reports something that can be read, in the pipeline's order. */
export async function otherEnvironments(
  reader: Reader,
  { bundleId, environmentId }: Place,
  now: Date,
): Promise<readonly Elsewhere[]> {
  const rows = await reader.deployment.findMany({
    where: { bundleId, isCurrent: true, environmentId: { not: environmentId } },
    orderBy: { environment: { position: "asc" } },
    select: { environmentId: true, snapshotId: true, environment: { select: { name: true } } },
  });
  const found: Elsewhere[] = [];
  for (const row of rows) {
    const there = { bundleId, environmentId: row.environmentId };
    const [most] = (await reportsOf(reader, there, { now, changedAt: null })).filter(
      (group) => !group.isSilent && group.digest !== null,
    );
    const [observed] = most?.digest ? await observedDocuments(reader, there, [most.digest]) : [];
    if (!observed) continue;
    found.push({
      environment: row.environment.name,
      declared: await snapshotDocument(reader, row.snapshotId),
      observed,
    });
  }
  return found;
}

const SNAPSHOTS_KEPT = 50;
const snapshots = new Map<string, JsonObject>();

/** The configuration of a snapshot. Snapshots never change, so that what was read is kept. */
async function snapshotDocument(reader: Reader, id: string): Promise<JsonObject> {
  const known = snapshots.get(id);
  if (known) return known;
  const { effective } = await reader.snapshot.findUniqueOrThrow({ where: { id }, select: { effective: true } });
  const [oldest] = snapshots.keys();
  if (snapshots.size >= SNAPSHOTS_KEPT && oldest !== undefined) snapshots.delete(oldest);
  snapshots.set(id, effective as JsonObject);
  return effective as JsonObject;
}

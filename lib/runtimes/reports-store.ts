import { newId } from "#lib/kernel/id.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { HealthState, Origins, Place } from "./model.ts";
import { type FactsRow, PLACE_FACTS } from "./place-facts.ts";
import { instanceOf, type Report } from "./report.ts";
import type { InstanceState } from "./report-rules.ts";

/** isTouched: nothing but a heartbeat, and that is written · isKnown: the document of its digest is kept */
export type Touched = { readonly isTouched: boolean; readonly isKnown: boolean };

type TouchedRow = {
  readonly position: number;
  readonly is_touched: boolean;
  readonly is_known: boolean;
  /** In the first row only. */
  readonly facts: readonly FactsRow[] | null;
};

/**
 * Writes the heartbeats among these reports, those that say exactly what is known already, and answers which they were,
 * with the facts of their places. One statement, because nearly every report is one: of each instance only the latest
 * counts.
 */
export async function touchInstances(
  reader: Reader,
  reports: readonly { readonly report: Report; readonly isLatest: boolean }[],
): Promise<{ readonly touched: readonly Touched[]; readonly facts: readonly FactsRow[] }> {
  const given = JSON.stringify(
    reports.map(({ report, isLatest }, position) => ({
      position,
      may_touch: isLatest && !report.isStopping,
      at: report.at,
      ...instanceColumns(report),
      ...stateColumns(report),
    })),
  );
  const rows = await reader.$queryRaw<TouchedRow[]>`/* prepared touch_instances */
    WITH given AS (
      SELECT * FROM json_to_recordset(${given}::json) AS g(
        position int, may_touch bool, at timestamptz, environment_id uuid, bundle_id uuid, instance text, fleet text,
        digest text, unreadable text, models_digest text, build text, health text, health_note text, client text,
        interval_seconds int, restored uuid)
    ), touched AS (
      UPDATE runtime r SET last_seen_at = g.at FROM given g
      WHERE g.may_touch AND r.environment_id = g.environment_id AND r.bundle_id = g.bundle_id AND r.instance = g.instance
        AND r.last_seen_at <= g.at AND g.at <= r.last_seen_at + make_interval(secs => 2 * r.interval_seconds)
        AND (r.fleet, r.digest, r.unreadable, r.models_digest, r.build, r.health, r.health_note, r.client,
          r.interval_seconds) IS NOT DISTINCT FROM (g.fleet, g.digest, g.unreadable, g.models_digest, g.build, g.health,
          g.health_note, g.client, g.interval_seconds)
        AND (g.restored IS NULL OR g.restored IS NOT DISTINCT FROM r.restored)
      RETURNING g.position
    ), place AS (SELECT DISTINCT environment_id, bundle_id FROM given)
    SELECT g.position, t.position IS NOT NULL AS is_touched,
      EXISTS (SELECT FROM observation o WHERE o.environment_id = g.environment_id AND o.bundle_id = g.bundle_id
        AND o.digest = g.digest) AS is_known,
      CASE WHEN g.position = 0 THEN (SELECT json_agg(f) FROM (${PLACE_FACTS}) f) END AS facts
    FROM given g LEFT JOIN touched t ON t.position = g.position
    ORDER BY g.position`;
  return {
    touched: rows.map((row) => ({ isTouched: row.is_touched, isKnown: row.is_known })),
    facts: rows[0]?.facts ?? [],
  };
}

function stateColumns(state: InstanceState) {
  return {
    fleet: state.fleet,
    digest: state.digest,
    unreadable: state.unreadable,
    models_digest: state.modelsDigest,
    build: state.build,
    health: state.health,
    health_note: state.healthNote,
    client: state.client,
    interval_seconds: state.intervalSeconds,
    restored: state.restored,
  };
}

export type KnownInstance = InstanceState &
  Place & {
    readonly systemId: string;
    readonly instance: string;
    readonly lastSeenAt: Date;
    readonly changedAt: Date;
  };

/** What is known of these instances, locked until the transaction ends. Keys: as `instanceOf` names them. */
export async function lockInstances(
  tx: Tx,
  instances: readonly (Place & { readonly instance: string })[],
): Promise<ReadonlyMap<string, KnownInstance>> {
  if (instances.length === 0) return new Map();
  const given = JSON.stringify(instances.map(instanceColumns));
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM runtime r
    WHERE (r.environment_id, r.bundle_id, r.instance) IN (SELECT environment_id, bundle_id, instance
      FROM json_to_recordset(${given}::json) AS g(environment_id uuid, bundle_id uuid, instance text))
    ORDER BY r.environment_id, r.bundle_id, r.instance FOR UPDATE`;
  const rows = await tx.runtime.findMany({ where: { id: { in: ids.map((row) => row.id) } } });
  return new Map(rows.map((row) => [instanceOf(row), { ...row, health: row.health as HealthState }]));
}

/** Writes what these instances say now, unless something newer is kept. */
export async function upsertInstances(
  tx: Tx,
  reports: readonly (Report & { readonly changedAt: Date })[],
): Promise<void> {
  if (reports.length === 0) return;
  const given = JSON.stringify(
    reports.map((report) => ({
      id: newId(report.at),
      system_id: report.systemId,
      ...instanceColumns(report),
      ...stateColumns(report),
      models: report.models,
      at: report.at,
      changed_at: report.changedAt,
    })),
  );
  await tx.$executeRaw`
    INSERT INTO runtime (id, system_id, environment_id, bundle_id, fleet, instance, digest, unreadable, models,
      models_digest, build, health, health_note, client, interval_seconds, restored, first_seen_at, last_seen_at, changed_at)
    SELECT id, system_id, environment_id, bundle_id, fleet, instance, digest, unreadable, models, models_digest, build,
      health, health_note, client, interval_seconds, restored, at, at, changed_at
    FROM json_to_recordset(${given}::json) AS g(
      id uuid, system_id uuid, environment_id uuid, bundle_id uuid, fleet text, instance text, digest text,
      unreadable text, models jsonb, models_digest text, build text, health text, health_note text, client text,
      interval_seconds int, restored uuid, at timestamptz, changed_at timestamptz)
    ORDER BY environment_id, bundle_id, instance
    ON CONFLICT (environment_id, bundle_id, instance) DO UPDATE SET
      fleet = excluded.fleet, digest = excluded.digest, unreadable = excluded.unreadable, models = excluded.models,
      models_digest = excluded.models_digest, build = excluded.build, health = excluded.health,
      health_note = excluded.health_note, client = excluded.client, interval_seconds = excluded.interval_seconds,
      restored = coalesce(excluded.restored, runtime.restored), last_seen_at = excluded.last_seen_at,
      changed_at = excluded.changed_at
    WHERE runtime.last_seen_at <= excluded.last_seen_at`;
}

/** Lets instances go that say that they stop. */
export async function removeInstances(
  tx: Tx,
  instances: readonly (Place & { readonly instance: string })[],
): Promise<void> {
  if (instances.length === 0) return;
  const given = JSON.stringify(instances.map(instanceColumns));
  await tx.$executeRaw`
    DELETE FROM runtime r USING json_to_recordset(${given}::json) AS g(environment_id uuid, bundle_id uuid, instance text)
    WHERE r.environment_id = g.environment_id AND r.bundle_id = g.bundle_id AND r.instance = g.instance`;
}

function instanceColumns({ environmentId, bundleId, instance }: Place & { readonly instance: string }) {
  return { environment_id: environmentId, bundle_id: bundleId, instance };
}

export type NewObservation = Place & {
  readonly digest: string;
  readonly document: JsonObject;
  readonly origins: Origins;
  readonly reportedBy: string;
  readonly at: Date;
};

type PlaceRow = { readonly environment_id: string; readonly bundle_id: string };

/** Keeps each document once. @returns the places of those that were not kept before */
export async function insertObservations(tx: Tx, found: readonly NewObservation[]): Promise<readonly Place[]> {
  if (found.length === 0) return [];
  const given = JSON.stringify(
    found.map(({ environmentId, bundleId, reportedBy, ...rest }) => ({
      environment_id: environmentId,
      bundle_id: bundleId,
      reported_by: reportedBy,
      ...rest,
    })),
  );
  const rows = await tx.$queryRaw<PlaceRow[]>`
    INSERT INTO observation (environment_id, bundle_id, digest, document, origins, reported_by, first_seen_at, last_seen_at)
    SELECT environment_id, bundle_id, digest, document, origins, reported_by, at, at
    FROM json_to_recordset(${given}::json) AS g(environment_id uuid, bundle_id uuid, digest text, document jsonb,
      origins jsonb, reported_by text, at timestamptz)
    ORDER BY environment_id, bundle_id, digest
    ON CONFLICT (environment_id, bundle_id, digest) DO NOTHING
    RETURNING environment_id, bundle_id`;
  return rows.map(placeIn);
}

/** Keeps where the values of known documents come from now. @returns the places where that is something else than before */
export async function renewOrigins(
  tx: Tx,
  renewed: readonly (Place & { readonly digest: string | null; readonly origins: Origins })[],
): Promise<readonly Place[]> {
  if (renewed.length === 0) return [];
  const given = JSON.stringify(
    renewed.map(({ environmentId, bundleId, digest, origins }) => ({
      environment_id: environmentId,
      bundle_id: bundleId,
      digest,
      origins,
    })),
  );
  const rows = await tx.$queryRaw<PlaceRow[]>`
    UPDATE observation o SET origins = g.origins
    FROM json_to_recordset(${given}::json) AS g(environment_id uuid, bundle_id uuid, digest text, origins jsonb)
    WHERE o.environment_id = g.environment_id AND o.bundle_id = g.bundle_id AND o.digest = g.digest
      AND o.origins <> g.origins
    RETURNING o.environment_id, o.bundle_id`;
  return rows.map(placeIn);
}

/** Notes until when a digest was run, for whoever decides how long its document is kept. */
export async function leaveDigests(
  tx: Tx,
  left: readonly (Place & { readonly digest: string; readonly lastSeenAt: Date })[],
): Promise<void> {
  if (left.length === 0) return;
  const given = JSON.stringify(
    left.map(({ environmentId, bundleId, digest, lastSeenAt }) => ({
      environment_id: environmentId,
      bundle_id: bundleId,
      digest,
      at: lastSeenAt,
    })),
  );
  await tx.$executeRaw`
    UPDATE observation o SET last_seen_at = g.at
    FROM (SELECT environment_id, bundle_id, digest, max(at) AS at
      FROM json_to_recordset(${given}::json) AS l(environment_id uuid, bundle_id uuid, digest text, at timestamptz)
      GROUP BY environment_id, bundle_id, digest) g
    WHERE o.environment_id = g.environment_id AND o.bundle_id = g.bundle_id AND o.digest = g.digest
      AND o.last_seen_at < g.at`;
}

function placeIn(row: PlaceRow): Place {
  return { environmentId: row.environment_id, bundleId: row.bundle_id };
}

/** One instance, locked until the transaction ends. @throws Refusal `not_found` */
export async function lockRuntime(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT FROM runtime WHERE id = ${id}::uuid FOR UPDATE`;
  const found = await tx.runtime.findUnique({ where: { id } });
  if (!found) throw new Refusal("not_found", "This instance is not known any more");
  return found;
}

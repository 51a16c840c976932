import type { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { readableSystems } from "#lib/access/may.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import type { HealthState, SyncState } from "#lib/runtimes/model.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { stateAt } from "../finding-rows.ts";
import { ListVerdicts, OfPlace } from "../input.ts";
import type { Severity } from "../model.ts";
import { syncAt } from "../verdict.ts";
import type { ObservedDigest, PlaceDifferences, VerdictRow, VerdictView } from "../views.ts";
import { evaluateNow } from "./show-finding.ts";

const MOST_PLACES = 2_000;

/** What is known of every bundle in every environment, as it counts at this moment. */
export const listVerdicts = query(
  {
    name: "verdict.list",
    may: "system:read",
    on: "anywhere",
    input: ListVerdicts,
    summary: "List for each bundle and environment whether what runs is what is declared, since when, and who says so",
    http: { method: "GET", path: "/verdicts" },
  },
  async ({ db, actor, now, input }): Promise<readonly VerdictRow[]> => {
    const rows = await verdictRows(db, actor, input);
    const open = await openFindings(
      db,
      rows.map((row) => row.environmentId),
      now,
    );
    return rows.map((row) => ({
      system: { slug: row.systemSlug, name: row.systemName },
      environment: { slug: row.environmentSlug, name: row.environmentName },
      bundle: { slug: row.bundleSlug, name: row.bundleName },
      environmentId: row.environmentId,
      bundleId: row.bundleId,
      ...verdictNow(row, now),
      open: open(row),
    }));
  },
);

type Row = VerdictView & {
  readonly environmentId: string;
  readonly bundleId: string;
  readonly systemSlug: string;
  readonly systemName: string;
  readonly environmentSlug: string;
  readonly environmentName: string;
  readonly bundleSlug: string;
  readonly bundleName: string;
};

/** Places where something is declared or was reported; those without a verdict are unknown. */
async function verdictRows(db: Db, actor: Actor, input: z.output<typeof ListVerdicts>): Promise<readonly Row[]> {
  const systems = readableSystems(actor);
  const where = Prisma.join(
    [
      Prisma.sql`b.archived_at IS NULL`,
      systems === null ? Prisma.sql`true` : Prisma.sql`s.id = ANY(${[...systems]}::uuid[])`,
      ...(input.system ? [Prisma.sql`s.slug = ${input.system}`] : []),
      ...(input.environment ? [Prisma.sql`e.slug = ${input.environment}`] : []),
      ...(input.bundle ? [Prisma.sql`b.slug = ${input.bundle}`] : []),
    ],
    " AND ",
  );
  return db.$queryRaw<Row[]>`
    SELECT p.environment_id AS "environmentId", p.bundle_id AS "bundleId", s.slug AS "systemSlug",
      s.name AS "systemName", e.slug AS "environmentSlug", e.name AS "environmentName", b.slug AS "bundleSlug",
      b.name AS "bundleName", coalesce(v.sync, 'unknown') AS sync, v.sync_since AS "syncSince",
      coalesce(v.health, 'unknown') AS health, v.health_since AS "healthSince", v.declared_digest AS "declaredDigest",
      coalesce(v.observed, '[]') AS observed, v.rules_digest AS "rulesDigest", v.observed_at AS "observedAt",
      v.observed_by AS "observedBy", v.last_in_sync_at AS "lastInSyncAt", coalesce(v.instances, 0) AS instances,
      coalesce(v.silent, 0) AS silent, coalesce(v.unreadable, 0) AS unreadable, coalesce(v.differing, 0) AS differing,
      v.valid_until AS "validUntil"
    FROM (SELECT environment_id, bundle_id FROM sync_verdict
      UNION SELECT environment_id, bundle_id FROM deployment WHERE is_current) p
    JOIN environment e ON e.id = p.environment_id
    JOIN system s ON s.id = e.system_id
    JOIN bundle b ON b.id = p.bundle_id
    LEFT JOIN sync_verdict v ON v.environment_id = p.environment_id AND v.bundle_id = p.bundle_id
    WHERE ${where}
    ORDER BY s.name, s.id, e.position, b.slug LIMIT ${MOST_PLACES}`;
}

/** A verdict that ran out says nothing since then, whatever it said before. */
function verdictNow(row: Row, now: Date): VerdictView {
  const sync = syncAt({ sync: row.sync as SyncState, validUntil: row.validUntil }, now);
  return {
    sync,
    syncSince: sync === row.sync ? row.syncSince : row.validUntil,
    health: row.health as HealthState,
    healthSince: row.healthSince,
    declaredDigest: row.declaredDigest,
    observed: row.observed,
    rulesDigest: row.rulesDigest === "" ? null : row.rulesDigest,
    observedAt: row.observedAt,
    observedBy: row.observedBy,
    lastInSyncAt: row.lastInSyncAt,
    instances: row.instances,
    silent: row.silent,
    unreadable: row.unreadable,
    differing: row.differing,
    validUntil: row.validUntil,
  };
}

type OpenRow = { environmentId: string; bundleId: string; severity: Severity; count: number };

async function openFindings(
  db: Db,
  environments: readonly string[],
  now: Date,
): Promise<(place: { readonly environmentId: string; readonly bundleId: string }) => VerdictRow["open"]> {
  const rows = await db.$queryRaw<OpenRow[]>`
    SELECT environment_id AS "environmentId", bundle_id AS "bundleId", severity, count(*)::int AS count
    FROM drift_finding f
    WHERE environment_id = ANY(${[...new Set(environments)]}::uuid[]) AND kind <> 'hot_patched'
      AND ${stateAt(now)} IN ('open', 'acknowledged', 'accepted')
    GROUP BY environment_id, bundle_id, severity`;
  const key = (one: { environmentId: string; bundleId: string }) => `${one.environmentId}/${one.bundleId}`;
  const byPlace = Map.groupBy(rows, key);
  return (place) => {
    const here = byPlace.get(key(place)) ?? [];
    const of = (severity: Severity) => here.find((row) => row.severity === severity)?.count ?? 0;
    return { critical: of("critical"), high: of("high"), medium: of("medium"), low: of("low") };
  };
}

/** Everything that differs in a place at this moment, what ignore rules hide included. */
export const placeDifferences = query(
  {
    name: "place.differences",
    may: "system:read",
    on: ofEnvironment,
    input: OfPlace,
    summary:
      "Show every difference of a bundle in an environment at this moment, those included that ignore rules hide",
    http: { method: "GET", path: "/systems/{system}/environments/{environment}/bundles/{bundle}/differences" },
  },
  async ({ db, now, input }): Promise<PlaceDifferences> => {
    const place = await db.bundle.findFirst({
      where: { slug: input.bundle, system: { slug: input.system } },
      select: { id: true, system: { select: { environments: { where: { slug: input.environment } } } } },
    });
    const environmentId = place?.system.environments[0]?.id;
    if (!place || !environmentId) throw new Refusal("not_found", "There is no such bundle in this environment");
    const evaluation = await evaluateNow(db, { environmentId, bundleId: place.id }, now);
    if (!evaluation) throw new Refusal("not_found", "There is no such bundle in this environment");
    const { verdict, differences } = evaluation;
    const findings = await db.driftFinding.findMany({
      where: { fingerprint: { in: differences.map((one) => one.fingerprint) }, state: { not: "resolved" } },
      select: { fingerprint: true, number: true },
    });
    const reasons = await db.ignoreRule.findMany({
      where: { id: { in: differences.flatMap((one) => one.ignoredBy ?? []) } },
      select: { id: true, reason: true },
    });
    const numbers = new Map(findings.map((one) => [one.fingerprint, one.number]));
    const { system, environment, bundle } = evaluation.place;
    return {
      system: { slug: system.slug, name: system.name },
      environment: { slug: environment.slug, name: environment.name },
      bundle: { slug: bundle.slug, name: bundle.name },
      ...verdict,
      observed: verdict.observed as readonly ObservedDigest[],
      declaredDigest: evaluation.state?.declaredDigest ?? null,
      rulesDigest: evaluation.place.rulesDigest,
      differences: differences.map((one) => ({
        kind: one.kind,
        severity: one.severity,
        pointer: one.pointer,
        ...(one.declared !== undefined && { declared: one.declared }),
        ...(one.observed !== undefined && { observed: one.observed }),
        ...(one.origin !== undefined && { origin: one.origin }),
        summary: one.summary,
        instances: one.instances,
        finding: numbers.get(one.fingerprint) ?? null,
        ignoredBy: reasons.find((rule) => rule.id === one.ignoredBy) ?? null,
      })),
    };
  },
);

import type { Json } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import type { FindingKind, FindingState, Severity } from "./model.ts";
import { SEVERITIES } from "./model.ts";
import type { FindingRow, PlaceView } from "./views.ts";

/** A suppression is over when its date has passed, whether or not a job has woken the finding. */
export function stateAt(now: Date): Prisma.Sql {
  return Prisma.sql`(CASE WHEN f.state = 'suppressed' AND f.suppressed_until <= ${now} THEN 'open' ELSE f.state END)`;
}

/** 1: critical. */
export const severityRank = Prisma.sql`array_position(${[...SEVERITIES]}::text[], f.severity)`;

export type StoredFinding = Omit<FindingRow, keyof PlaceView | "values"> & {
  readonly systemId: string;
  readonly environmentId: string;
  readonly bundleId: string;
  readonly systemSlug: string;
  readonly systemName: string;
  readonly environmentSlug: string;
  readonly environmentName: string;
  readonly bundleSlug: string;
  readonly bundleName: string;
  readonly values: { readonly declared?: Json; readonly observed?: Json };
  readonly fingerprint: string;
  readonly onsetAfter: Date | null;
  readonly alertedAt: Date | null;
  readonly declaredDigest: string | null;
  readonly observedDigest: string | null;
  readonly changeRequestId: string | null;
  readonly hotPatchId: string | null;
  readonly rank: number;
};

/** Findings with the names of their places and how often they were seen, in the order asked for. */
export async function findingRows(
  reader: Reader,
  where: Prisma.Sql,
  { order, limit, now }: { readonly order: Prisma.Sql; readonly limit: number; readonly now: Date },
): Promise<readonly StoredFinding[]> {
  return reader.$queryRaw<StoredFinding[]>`
    SELECT f.id, f.number, f.kind, f.severity, ${stateAt(now)} AS state, f.pointer, f.values, f.origin, f.summary,
      f.fingerprint, f.opened_at AS "openedAt", f.resolved_at AS "resolvedAt", f.reopenings,
      f.acknowledged_by AS "acknowledgedBy", f.suppressed_until AS "suppressedUntil", f.reason, f.revision,
      f.onset_after AS "onsetAfter", f.alerted_at AS "alertedAt", f.declared_digest AS "declaredDigest",
      f.observed_digest AS "observedDigest", f.change_request_id AS "changeRequestId", f.hot_patch_id AS "hotPatchId",
      f.system_id AS "systemId", f.environment_id AS "environmentId", f.bundle_id AS "bundleId",
      s.slug AS "systemSlug", s.name AS "systemName", e.slug AS "environmentSlug", e.name AS "environmentName",
      b.slug AS "bundleSlug", b.name AS "bundleName", ${severityRank}::int AS rank,
      g.last_seen_at AS "lastSeenAt", coalesce(g.instances, 0)::int AS instances,
      coalesce(g.confirmations, 0)::int AS confirmations
    FROM drift_finding f
    JOIN system s ON s.id = f.system_id
    JOIN environment e ON e.id = f.environment_id
    JOIN bundle b ON b.id = f.bundle_id
    LEFT JOIN finding_sighting g ON g.finding_id = f.id
    WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

/** Where a row is. */
export function placeOf(row: StoredFinding): PlaceView {
  return {
    system: { slug: row.systemSlug, name: row.systemName },
    environment: { slug: row.environmentSlug, name: row.environmentName },
    bundle: { slug: row.bundleSlug, name: row.bundleName },
  };
}

/** A row as lists show it; long values are cut there. */
export function listedFinding(row: StoredFinding): FindingRow {
  const { declared, observed } = row.values;
  return {
    ...wholeFinding(row),
    values: {
      ...(declared !== undefined && { declared: preview(declared) }),
      ...(observed !== undefined && { observed: preview(observed) }),
    },
  };
}

/** A row with its values as they are. */
export function wholeFinding(row: StoredFinding): FindingRow {
  return {
    ...placeOf(row),
    id: row.id,
    number: row.number,
    kind: row.kind as FindingKind,
    severity: row.severity as Severity,
    state: row.state as FindingState,
    pointer: row.pointer,
    values: row.values,
    origin: row.origin,
    summary: row.summary,
    openedAt: row.openedAt,
    resolvedAt: row.resolvedAt,
    reopenings: row.reopenings,
    lastSeenAt: row.lastSeenAt,
    instances: row.instances,
    confirmations: row.confirmations,
    acknowledgedBy: row.acknowledgedBy,
    suppressedUntil: row.suppressedUntil,
    reason: row.reason,
    revision: row.revision,
  };
}

const LONGEST = 300;

function preview(value: Json): Json {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= LONGEST) return value;
  return `${[...text].slice(0, LONGEST).join("")}…`;
}

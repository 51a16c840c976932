import { readableSystems } from "#lib/access/may.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { ListFleets } from "./input.ts";
import { factsOfPlaces } from "./place-facts.ts";
import { observationOf, placeOf } from "./report.ts";
import {
  comparedDigests,
  isSilentAt,
  PLACE_COLUMNS,
  type PlaceColumns,
  placedIn,
  whereRuntimes,
} from "./runtime-conditions.ts";
import type { FleetRow } from "./views.ts";

/** Groups that are answered at most; a page with more of them needs a filter. */
const MOST = 1_000;
const BUILDS = 5;

type GroupRow = PlaceColumns & {
  readonly environment_id: string;
  readonly bundle_id: string;
  readonly fleet: string;
  readonly digest: string | null;
  readonly instances: number;
  readonly silent: number;
  readonly ok: number;
  readonly degraded: number;
  readonly failing: number;
  readonly unknown: number;
  readonly builds: string[] | null;
  readonly oldest: Date;
  readonly newest: Date;
  readonly unreadable: string | null;
  readonly has_document: boolean;
};

/** Fleets by what they run, those of each place together, most instances first. */
export const listFleets = query(
  {
    name: "runtime.fleets",
    may: "system:read",
    on: "anywhere",
    input: ListFleets,
    summary: "Group the runtimes by fleet and by the digest that they run",
    http: { method: "GET", path: "/fleets" },
  },
  async ({ db, actor, now, input }): Promise<readonly FleetRow[]> => {
    const live = Prisma.sql`NOT ${isSilentAt(now)}`;
    const rows = await db.$queryRaw<GroupRow[]>`
      SELECT g.*, ${PLACE_COLUMNS}, EXISTS (SELECT FROM observation o WHERE o.environment_id = g.environment_id
        AND o.bundle_id = g.bundle_id AND o.digest = g.digest) AS has_document
      FROM (
        SELECT r.environment_id, r.bundle_id, r.fleet, r.digest, count(*)::int AS instances,
          (count(*) FILTER (WHERE ${isSilentAt(now)}))::int AS silent,
          (count(*) FILTER (WHERE r.health = 'ok' AND ${live}))::int AS ok,
          (count(*) FILTER (WHERE r.health = 'degraded' AND ${live}))::int AS degraded,
          (count(*) FILTER (WHERE r.health = 'failing' AND ${live}))::int AS failing,
          (count(*) FILTER (WHERE r.health = 'unknown' AND ${live}))::int AS unknown,
          (array_agg(DISTINCT r.build ORDER BY r.build DESC) FILTER (WHERE r.build IS NOT NULL))[1:${BUILDS}::int] AS builds,
          min(r.last_seen_at) AS oldest, max(r.last_seen_at) AS newest, max(r.unreadable) AS unreadable
        FROM runtime r WHERE ${whereRuntimes(input, { readable: readableSystems(actor), now })}
        GROUP BY r.environment_id, r.bundle_id, r.fleet, r.digest
      ) g
      JOIN environment e ON e.id = g.environment_id JOIN system s ON s.id = e.system_id JOIN bundle b ON b.id = g.bundle_id
      ORDER BY s.slug, e.position, b.slug, g.instances DESC, g.fleet, g.digest LIMIT ${MOST}`;
    const places = placesOf(rows);
    const [facts, compared] = await Promise.all([factsOfPlaces(db, places, now), comparedDigests(db, places)]);
    return rows.map((row) => {
      const place = placeIds(row);
      return {
        ...placedIn(row),
        fleet: row.fleet,
        digest: row.digest,
        instances: row.instances,
        silent: row.silent,
        health: { ok: row.ok, degraded: row.degraded, failing: row.failing, unknown: row.unknown },
        builds: row.builds ?? [],
        oldestReport: row.oldest,
        newestReport: row.newest,
        isServed: row.digest !== null && row.digest === facts.get(placeOf(place))?.servedDigest,
        sync: compared.get(observationOf({ ...place, digest: row.digest })) ?? null,
        hasDocument: row.has_document,
        unreadable: row.unreadable,
      };
    });
  },
);

function placeIds(row: GroupRow) {
  return { environmentId: row.environment_id, bundleId: row.bundle_id };
}

function placesOf(rows: readonly GroupRow[]) {
  return [...new Map(rows.map((row) => [placeOf(placeIds(row)), placeIds(row)])).values()];
}

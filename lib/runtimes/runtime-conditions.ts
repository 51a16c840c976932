import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import type { HealthState, Place, SyncState } from "./model.ts";
import { observationOf } from "./report.ts";

/** What lists of runtimes can be narrowed to; slugs where people read them. */
export type RuntimeFilter = {
  readonly system?: string | undefined;
  readonly environment?: string | undefined;
  readonly bundle?: string | undefined;
  readonly fleet?: string | undefined;
  readonly digest?: string | undefined;
  readonly health?: HealthState | undefined;
  readonly silent?: boolean | undefined;
};

/** `isSilent` of report-rules.ts as a condition on `runtime r`. */
export function isSilentAt(now: Date): Prisma.Sql {
  return Prisma.sql`(r.last_seen_at + make_interval(secs => 2 * r.interval_seconds) < ${now})`;
}

/** The filter as a condition on `runtime r`. `readable`: ids of the systems that may be seen; null: all. */
export function whereRuntimes(
  filter: RuntimeFilter,
  { readable, now }: { readonly readable: readonly string[] | null; readonly now: Date },
): Prisma.Sql {
  const places: Prisma.Sql[] = [];
  if (readable) places.push(Prisma.sql`e.system_id = ANY(${[...readable]}::uuid[])`);
  if (filter.system !== undefined) places.push(Prisma.sql`s.slug = ${filter.system}`);
  if (filter.environment !== undefined) places.push(Prisma.sql`e.slug = ${filter.environment}`);
  const parts: Prisma.Sql[] = [];
  if (places.length > 0) {
    parts.push(Prisma.sql`r.environment_id IN (SELECT e.id FROM environment e JOIN system s ON s.id = e.system_id
      WHERE ${Prisma.join(places, " AND ")})`);
  }
  if (filter.bundle !== undefined) {
    parts.push(Prisma.sql`r.bundle_id IN (SELECT id FROM bundle WHERE slug = ${filter.bundle})`);
  }
  if (filter.fleet !== undefined) parts.push(Prisma.sql`r.fleet = ${filter.fleet}`);
  if (filter.digest !== undefined) parts.push(Prisma.sql`r.digest = ${filter.digest}`);
  if (filter.health !== undefined) parts.push(Prisma.sql`r.health = ${filter.health}`);
  if (filter.silent !== undefined) parts.push(Prisma.sql`${isSilentAt(now)} = ${filter.silent}`);
  return parts.length > 0 ? Prisma.join(parts, " AND ") : Prisma.sql`true`;
}

/** The columns that name a row's place; `FROM` joins them with `PLACE_TABLES`. */
export const PLACE_COLUMNS = Prisma.sql`
  e.slug AS environment_slug, e.name AS environment_name, s.slug AS system_slug, s.name AS system_name,
  b.slug AS bundle_slug, b.name AS bundle_name`;

export type PlaceColumns = {
  readonly environment_slug: string;
  readonly environment_name: string;
  readonly system_slug: string;
  readonly system_name: string;
  readonly bundle_slug: string;
  readonly bundle_name: string;
};

export function placedIn(row: PlaceColumns) {
  return {
    system: { slug: row.system_slug, name: row.system_name },
    environment: { slug: row.environment_slug, name: row.environment_name },
    bundle: { slug: row.bundle_slug, name: row.bundle_name },
  };
}

type Compared = { readonly digest: string; readonly sync: SyncState };

/** What the last comparison found of each digest. Keys: as `observationOf` names them. */
export async function comparedDigests(
  reader: Reader,
  places: readonly Place[],
): Promise<ReadonlyMap<string, SyncState>> {
  const verdicts = await reader.syncVerdict.findMany({
    where: { OR: places.map(({ environmentId, bundleId }) => ({ environmentId, bundleId })) },
    select: { environmentId: true, bundleId: true, observed: true },
  });
  return new Map(
    verdicts.flatMap(({ environmentId, bundleId, observed }) =>
      (observed as unknown as readonly Compared[]).map(
        ({ digest, sync }) => [observationOf({ environmentId, bundleId, digest }), sync] as const,
      ),
    ),
  );
}

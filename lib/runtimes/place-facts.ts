import { servedPatches } from "#lib/hot-patches/load.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { declaredState } from "./declared.ts";
import type { Place, Restore } from "./model.ts";
import { placeOf } from "./report.ts";

/** What every runtime of a place is told. */
export type PlaceFacts = {
  /** Of what runtimes fetch; null: nothing is deployed. */
  readonly servedDigest: string | null;
  /** What they are asked to carry out. */
  readonly restore: Restore | null;
};

/** As `PLACE_FACTS` answers them. */
export type FactsRow = {
  readonly environment_id: string;
  readonly bundle_id: string;
  readonly snapshot_id: string | null;
  readonly effective_digest: string | null;
  readonly is_patched: boolean;
  readonly restore_id: string | null;
  readonly expected_digests: readonly string[] | null;
  readonly target_digest: string | null;
};

/** The facts of every row of `place`, a relation with `environment_id` and `bundle_id`. */
export const PLACE_FACTS = Prisma.sql`
  SELECT p.environment_id, p.bundle_id, d.snapshot_id, s.effective_digest,
    EXISTS (SELECT FROM hot_patch h WHERE h.environment_id = p.environment_id AND h.bundle_id = p.bundle_id
      AND h.state = 'active') AS is_patched,
    m.restore_id, m.expected_digests, m.target_digest
  FROM place p
  LEFT JOIN deployment d ON d.environment_id = p.environment_id AND d.bundle_id = p.bundle_id AND d.is_current
  LEFT JOIN snapshot s ON s.id = d.snapshot_id
  LEFT JOIN LATERAL (SELECT coalesce(restore_id, id) AS restore_id, expected_digests, target_digest FROM remediation
    WHERE environment_id = p.environment_id AND bundle_id = p.bundle_id AND state = 'acting'
    ORDER BY number DESC LIMIT 1) m ON true`;

/** What runtimes of these places are told. Keys: as `placeOf` names them. */
export async function factsOfPlaces(
  reader: Reader,
  places: readonly Place[],
  now: Date,
): Promise<ReadonlyMap<string, PlaceFacts>> {
  const given = JSON.stringify(
    places.map((place) => ({ environment_id: place.environmentId, bundle_id: place.bundleId })),
  );
  const rows = await reader.$queryRaw<FactsRow[]>`
    WITH place AS (SELECT DISTINCT environment_id, bundle_id
      FROM json_to_recordset(${given}::json) AS g(environment_id uuid, bundle_id uuid))
    ${PLACE_FACTS}`;
  return factsFrom(reader, rows, now);
}

/** Rows of `PLACE_FACTS` in full: under hot-patches, the digest of what is served has to be worked out. */
export async function factsFrom(
  reader: Reader,
  rows: readonly FactsRow[],
  now: Date,
): Promise<ReadonlyMap<string, PlaceFacts>> {
  const facts = new Map<string, PlaceFacts>();
  for (const row of rows) {
    const place = { environmentId: row.environment_id, bundleId: row.bundle_id };
    facts.set(placeOf(place), {
      servedDigest:
        row.is_patched && row.snapshot_id !== null
          ? await patchedDigest(reader, { place, snapshotId: row.snapshot_id }, now)
          : row.effective_digest,
      restore:
        row.restore_id && row.target_digest
          ? { id: row.restore_id, expected: row.expected_digests ?? [], target: row.target_digest }
          : null,
    });
  }
  return facts;
}

/** A snapshot with the same patches has the same digest: neither changes any more. */
const digests = new Map<string, string | null>();
const MOST_DIGESTS = 1_000;

async function patchedDigest(
  reader: Reader,
  { place, snapshotId }: { readonly place: Place; readonly snapshotId: string },
  now: Date,
): Promise<string | null> {
  const patches = await servedPatches(reader, place, now);
  const key = keyOf(snapshotId, patches);
  const held = digests.get(key);
  if (held !== undefined) return held;
  const state = await declaredState(reader, place, now);
  const digest = state?.servedDigest ?? null;
  // Between both reads something else may have been deployed or patched.
  if (!state || keyOf(state.snapshot.id, state.patches) !== key) return digest;
  if (digests.size >= MOST_DIGESTS) digests.clear();
  digests.set(key, digest);
  return digest;
}

function keyOf(snapshotId: string, patches: readonly { readonly id: string }[]): string {
  return [snapshotId, ...patches.map((patch) => patch.id)].join(" ");
}

import { servedPatches } from "#lib/hot-patches/load.ts";
import type { Reader } from "#lib/platform/db.ts";
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

type Row = {
  readonly environment_id: string;
  readonly bundle_id: string;
  readonly snapshot_id: string | null;
  readonly effective_digest: string | null;
  readonly is_patched: boolean;
  readonly restore_id: string | null;
  readonly expected_digests: string[] | null;
  readonly target_digest: string | null;
};

/** In one statement for all places, unless hot-patches are active somewhere. Keys: as `placeOf` names them. */
export async function factsOfPlaces(
  reader: Reader,
  places: readonly (Place & { readonly at: Date })[],
): Promise<ReadonlyMap<string, PlaceFacts>> {
  const one = new Map(places.map((place) => [placeOf(place), place]));
  const given = JSON.stringify(
    [...one.values()].map((place) => ({ environment_id: place.environmentId, bundle_id: place.bundleId })),
  );
  const rows = await reader.$queryRaw<Row[]>`
    SELECT p.environment_id, p.bundle_id, d.snapshot_id, s.effective_digest,
      EXISTS (SELECT FROM hot_patch h WHERE h.environment_id = p.environment_id AND h.bundle_id = p.bundle_id
        AND h.state = 'active') AS is_patched,
      r.id AS restore_id, r.expected_digests, r.target_digest
    FROM json_to_recordset(${given}::json) AS p(environment_id uuid, bundle_id uuid)
    LEFT JOIN deployment d ON d.environment_id = p.environment_id AND d.bundle_id = p.bundle_id AND d.is_current
    LEFT JOIN snapshot s ON s.id = d.snapshot_id
    LEFT JOIN LATERAL (SELECT id, expected_digests, target_digest FROM remediation
      WHERE environment_id = p.environment_id AND bundle_id = p.bundle_id AND state = 'acting'
      ORDER BY number DESC LIMIT 1) r ON true`;
  const facts = new Map<string, PlaceFacts>();
  for (const row of rows) {
    const key = placeOf({ environmentId: row.environment_id, bundleId: row.bundle_id });
    const place = one.get(key);
    if (!place) continue;
    facts.set(key, {
      servedDigest: row.is_patched ? await patchedDigest(reader, place, row.snapshot_id ?? "") : row.effective_digest,
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
  place: Place & { readonly at: Date },
  snapshotId: string,
): Promise<string | null> {
  const { bundleId, environmentId, at } = place;
  const patches = await servedPatches(reader, { bundleId, environmentId }, at);
  const key = keyOf(snapshotId, patches);
  const held = digests.get(key);
  if (held !== undefined) return held;
  const state = await declaredState(reader, { bundleId, environmentId }, at);
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

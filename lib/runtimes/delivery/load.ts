import { isDeepStrictEqual } from "node:util";
import { sha256 } from "#lib/kernel/digest.ts";
import type { Db } from "#lib/platform/db.ts";
import { rulesOfVersion } from "#lib/systems/store.ts";
import { type DeclaredState, declaredLater, declaredState } from "../declared.ts";
import { representationsOf } from "./representations.ts";
import type { AskedRestore, Served, ServedBundle, ServedEnvironment } from "./served.ts";

/**
 * What an environment serves, read from the database; what has not changed since `before` is taken from there, and
 * `before` itself is the answer when nothing has.
 */
export async function loadEnvironment(
  db: Db,
  environmentId: string,
  { before, now }: { readonly before: ServedEnvironment | null; readonly now: Date },
): Promise<ServedEnvironment | null> {
  const environment = await db.environment.findUnique({
    where: { id: environmentId },
    select: {
      slug: true,
      systemId: true,
      system: {
        select: { bundles: { orderBy: { id: "asc" }, select: { id: true, slug: true, archivedAt: true } } },
      },
    },
  });
  if (!environment) return null;
  const stamps = await stampsOf(db, environmentId);
  const bundles = await Promise.all(
    environment.system.bundles.map(async ({ id, slug, archivedAt }): Promise<ServedBundle> => {
      const { stamp = "", restore = null } = stamps.get(id) ?? {};
      const known = before?.bundles.find((one) => one.slug === slug) ?? null;
      const served =
        known?.stamp === stamp
          ? servedLater({ slug, served: known.served }, now)
          : await loadServed(db, { slug, place: { bundleId: id, environmentId }, known: known?.served ?? null, now });
      return { slug, isArchived: archivedAt !== null, served, restore, stamp };
    }),
  );
  return assembled({ environmentId, systemId: environment.systemId, environment: environment.slug }, bundles, {
    before,
    now,
  });
}

/** What it serves at a later moment, if nobody changes anything. The same value while no patch ends. */
export function environmentLater(environment: ServedEnvironment, now: Date): ServedEnvironment {
  const { validUntil, bundles } = environment;
  if (!validUntil || now < validUntil) return environment;
  const later = bundles.map((bundle) => ({ ...bundle, served: servedLater(bundle, now) }));
  return assembled(environment, later, { before: environment, now });
}

type Identity = Pick<ServedEnvironment, "environmentId" | "systemId" | "environment">;
type Moment = { readonly before: ServedEnvironment | null; readonly now: Date };

function assembled(
  { environmentId, systemId, environment }: Identity,
  bundles: readonly ServedBundle[],
  { before, now }: Moment,
): ServedEnvironment {
  const named = sha256(bundles.map(({ served }) => served?.frame ?? "").join("\n")).toString("hex");
  const etag = `"sha256:${named}"`;
  if (
    before &&
    before.etag === etag &&
    isDeepStrictEqual(bundles.map(withoutServed), before.bundles.map(withoutServed))
  )
    return before;
  const ends = bundles.flatMap(({ served }) => served?.state.validUntil?.getTime() ?? []);
  return {
    environmentId,
    systemId,
    environment,
    bundles,
    etag,
    changedAt: before?.etag === etag ? before.changedAt : now,
    validUntil: ends.length === 0 ? null : new Date(Math.min(...ends)),
  };
}

/** What stands beside what is served, which the environment's tag names already. */
function withoutServed({ served, ...rest }: ServedBundle): Omit<ServedBundle, "served"> {
  return rest;
}

type Loading = {
  readonly slug: string;
  readonly place: { readonly bundleId: string; readonly environmentId: string };
  readonly known: Served | null;
  readonly now: Date;
};

async function loadServed(db: Db, { slug, place, known, now }: Loading): Promise<Served | null> {
  const state = await declaredState(db, place, now);
  if (!state) return null;
  const { versionId, rulesVersionId } = state.snapshot;
  const [{ semver }, rules] = await Promise.all([
    db.bundleVersion.findUniqueOrThrow({ where: { id: versionId }, select: { semver: true } }),
    rulesOfVersion(db, rulesVersionId),
  ]);
  return ready({ slug, version: semver, rules, state }, known);
}

function servedLater({ slug, served }: Pick<ServedBundle, "slug" | "served">, now: Date): Served | null {
  const validUntil = served?.state.validUntil;
  if (!served || !validUntil || now < validUntil) return served;
  return ready({ slug, version: served.version, rules: served.rules, state: declaredLater(served.state, now) }, served);
}

type Ready = Pick<Served, "version" | "rules" | "state"> & { readonly slug: string };

function ready({ slug, version, rules, state }: Ready, before: Served | null): Served {
  const representations = representationsOf({ slug, version, state }, before?.representations ?? null);
  return { version, rules, state, representations, frame: frameOf(version, state) };
}

function frameOf(version: string, { servedDigest, snapshot, patches, validUntil }: DeclaredState): string {
  const data = JSON.stringify({
    digest: servedDigest,
    version,
    snapshot: snapshot.number,
    hotPatches: patches.map(({ number }) => number),
    validUntil: validUntil?.toISOString() ?? null,
  });
  return `event: configuration\nid: ${servedDigest}\ndata: ${data}\n\n`;
}

type Stamp = { readonly stamp: string; readonly restore: AskedRestore | null };
type StampRow = {
  readonly bundle_id: string;
  readonly stamp: string;
  readonly restore_id: string | null;
  readonly expected_digests: string[] | null;
  readonly target_digest: string | null;
  readonly attempts: number | null;
};

/** By bundle: what is deployed and patched there, and what runtimes are asked to carry out. */
async function stampsOf(db: Db, environmentId: string): Promise<ReadonlyMap<string, Stamp>> {
  const rows = await db.$queryRaw<StampRow[]>`
    SELECT d.bundle_id,
      concat_ws(' ', d.id, (SELECT string_agg(concat(h.id, ':', h.revision, ':', h.expires_at), ' ' ORDER BY h.number)
        FROM hot_patch h WHERE h.environment_id = d.environment_id AND h.bundle_id = d.bundle_id
        AND h.state = 'active')) AS stamp,
      r.restore_id, r.expected_digests, r.target_digest, r.attempts
    FROM deployment d
    LEFT JOIN LATERAL (SELECT coalesce(restore_id, id) AS restore_id, expected_digests, target_digest, attempts FROM remediation
      WHERE environment_id = d.environment_id AND bundle_id = d.bundle_id AND state = 'acting'
      ORDER BY number DESC LIMIT 1) r ON true
    WHERE d.environment_id = ${environmentId}::uuid AND d.is_current`;
  return new Map(
    rows.map((row) => {
      const { restore_id: id, target_digest: target, expected_digests: expected, attempts } = row;
      const restore = id && target ? { id, expected: expected ?? [], target, attempt: attempts ?? 0 } : null;
      return [row.bundle_id, { stamp: row.stamp, restore }];
    }),
  );
}

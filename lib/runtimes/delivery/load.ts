import { isDeepStrictEqual } from "node:util";
import { sha256 } from "#lib/kernel/digest.ts";
import type { Db } from "#lib/platform/db.ts";
import { rulesOfVersion } from "#lib/systems/store.ts";
import { type DeclaredState, declaredAgain, declaredLater, declaredState } from "../declared.ts";
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
  const outline = await outlineOf(db, environmentId);
  const [first] = outline;
  if (!first) return null;
  const bundles = await Promise.all(
    outline.map(
      async ({ bundle_id: bundleId, bundle: slug, archived_at, stamp, ...row }): Promise<readonly ServedBundle[]> => {
        if (bundleId === null || slug === null) return [];
        const known = before?.bundles.find((one) => one.slug === slug) ?? null;
        const loading = {
          slug,
          place: { bundleId, environmentId },
          known: known?.served ?? null,
          deploymentId: row.deployment_id,
          now,
        };
        const served = known?.stamp === stamp ? servedLater(known, now) : await loadServed(db, loading);
        return [{ slug, isArchived: archived_at !== null, served, restore: restoreOf(row), stamp }];
      },
    ),
  );
  const identity = { environmentId, systemId: first.system_id, environment: first.environment };
  return assembled(identity, bundles.flat(), { before, now });
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
  readonly deploymentId: string | null;
  readonly now: Date;
};

async function loadServed(db: Db, { slug, place, known, deploymentId, now }: Loading): Promise<Served | null> {
  if (known && known.state.deployment.id === deploymentId) {
    const state = await declaredAgain(db, known.state, now);
    return ready({ slug, version: known.version, rules: known.rules, state }, known);
  }
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

type Outline = {
  readonly system_id: string;
  readonly environment: string;
  /** Null: the system has no bundle. */
  readonly bundle_id: string | null;
  readonly bundle: string | null;
  readonly archived_at: Date | null;
  /** Null: nothing is deployed. */
  readonly deployment_id: string | null;
  readonly stamp: string;
  readonly restore_id: string | null;
  readonly expected_digests: string[] | null;
  readonly target_digest: string | null;
  readonly attempts: number | null;
};

/** One row for each bundle, the oldest first: what is deployed and patched, and what runtimes are asked to carry out. */
function outlineOf(db: Db, environmentId: string): Promise<readonly Outline[]> {
  return db.$queryRaw<Outline[]>`
    SELECT e.system_id, e.slug AS environment, b.id AS bundle_id, b.slug AS bundle, b.archived_at,
      d.id AS deployment_id,
      concat_ws(' ', d.id, (SELECT string_agg(concat(h.id, ':', h.revision, ':', h.expires_at), ' ' ORDER BY h.number)
        FROM hot_patch h WHERE h.environment_id = e.id AND h.bundle_id = b.id AND h.state = 'active')) AS stamp,
      r.id AS restore_id, r.expected_digests, r.target_digest, r.attempts
    FROM environment e
    LEFT JOIN bundle b ON b.system_id = e.system_id
    LEFT JOIN deployment d ON d.environment_id = e.id AND d.bundle_id = b.id AND d.is_current
    LEFT JOIN LATERAL (SELECT id, expected_digests, target_digest, attempts FROM remediation
      WHERE environment_id = e.id AND bundle_id = b.id AND state = 'acting'
      ORDER BY number DESC LIMIT 1) r ON true
    WHERE e.id = ${environmentId}::uuid
    ORDER BY b.id`;
}

type RestoreRow = Pick<Outline, "restore_id" | "expected_digests" | "target_digest" | "attempts">;

function restoreOf({
  restore_id: id,
  expected_digests,
  target_digest: target,
  attempts,
}: RestoreRow): AskedRestore | null {
  if (id === null || target === null) return null;
  return { id, expected: expected_digests ?? [], target, attempt: attempts ?? 0 };
}

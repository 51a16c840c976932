import type { Reader } from "#lib/platform/db.ts";
import type { Witnesses } from "#lib/releases/rules.ts";
import type { Place } from "#lib/runtimes/model.ts";
import type { EvaluatedGroup } from "./judge.ts";
import type { KnownBuild } from "./telemetry.ts";

const BUILDS_KEPT = 50;

/** The builds known in a place, with those that live runtimes report for the first time. Newest first. */
export async function buildsOf(
  reader: Reader,
  { environmentId, bundleId }: Place,
  known: readonly KnownBuild[],
): Promise<readonly KnownBuild[]> {
  const rows = await reader.$queryRaw<{ build: string; at: Date }[]>`
    SELECT build, min(changed_at) AS at FROM runtime
    WHERE environment_id = ${environmentId}::uuid AND bundle_id = ${bundleId}::uuid AND build IS NOT NULL
    GROUP BY build`;
  const fresh = rows
    .filter((row) => !known.some((one) => one.build === row.build))
    .map((row) => ({ build: row.build, at: row.at.toISOString() }));
  if (fresh.length === 0) return known;
  return [...fresh, ...known].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, BUILDS_KEPT);
}

/** What live runtimes say of the deployment that they are given. */
export async function witnessesOf(
  reader: Reader,
  place: Place,
  seen: {
    readonly groups: readonly EvaluatedGroup[];
    readonly builds: readonly KnownBuild[];
    readonly deployedAt: Date;
    readonly now: Date;
  },
): Promise<Witnesses> {
  const live = seen.groups.filter((group) => !group.isSilent);
  const taken = live.filter((group) => group.runsDeclared);
  const heard = live.map((group) => group.oldestAt.getTime());
  return {
    live: sum(live),
    running: sum(taken),
    onNewBuild: await countOnNewBuild(reader, place, { ...seen, taken }),
    allHeardSince: heard.length === 0 ? null : new Date(Math.min(...heard)),
    longestIntervalSeconds: Math.max(0, ...live.map((group) => group.longestIntervalSeconds)),
  };
}

/** A build is newer than a deployment when nobody reported it before. */
async function countOnNewBuild(
  reader: Reader,
  { environmentId, bundleId }: Place,
  question: {
    readonly taken: readonly EvaluatedGroup[];
    readonly builds: readonly KnownBuild[];
    readonly deployedAt: Date;
    readonly now: Date;
  },
): Promise<number> {
  const fresh = question.builds.filter((one) => Date.parse(one.at) > question.deployedAt.getTime());
  const digests = question.taken.flatMap((group) => (group.digest === null ? [] : [group.digest]));
  if (fresh.length === 0 || digests.length === 0) return 0;
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM runtime
    WHERE environment_id = ${environmentId}::uuid AND bundle_id = ${bundleId}::uuid
      AND digest = ANY(${digests}::text[]) AND build = ANY(${fresh.map((one) => one.build)}::text[])
      AND last_seen_at + make_interval(secs => 2 * interval_seconds) >= ${question.now}`;
  return row?.count ?? 0;
}

function sum(groups: readonly EvaluatedGroup[]): number {
  return groups.reduce((total, group) => total + group.instances, 0);
}

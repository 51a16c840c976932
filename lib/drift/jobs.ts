import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { listen } from "#lib/platform/listen.ts";
import { log } from "#lib/platform/log.ts";
import type { Loop } from "#lib/platform/loop.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { comparePlace } from "./compare-place.ts";

const AT_ONCE = 3;
/** So long before a verdict runs out it is made again, so that one whose runtimes still report never looks stale. */
const LEAD_SECONDS = 4;
/** A place that fails keeps no other waiting, and is tried again after a pause. */
const REST_MS = 5_000;

const underWay = new Map<string, Promise<void>>();
const restingUntil = new Map<string, number>();

/**
 * Compares whatever changed, within a second of the report that says so. A place that takes long keeps no other waiting
 * but for its slot: turns start comparisons and do not wait for them.
 */
export const comparing: Loop = {
  name: "comparing",
  pauses: { busy: 20, idle: 1_000, trouble: 10_000 },
  turn: async () => {
    const free = AT_ONCE - underWay.size;
    if (free <= 0) return true;
    const except = [...underWay.keys(), ...resting()];
    const due = await duePlaces(new Date(), { except, limit: free });
    for (const place of due) start(place);
    return due.length > 0;
  },
  wakes: (wake) => listen(["plumbline_observed"], () => wake()),
  end: async () => {
    await Promise.all(underWay.values());
  },
};

function start(place: Place): void {
  const key = keyOf(place);
  const work = comparePlace(place, new Date())
    .then(() => {
      restingUntil.delete(key);
    })
    .catch((error: unknown) => {
      restingUntil.set(key, Date.now() + REST_MS);
      log.error({ err: error, ...place, retryInMs: REST_MS }, "a place could not be compared");
    })
    .finally(() => underWay.delete(key));
  underWay.set(key, work);
}

/** Keys of the places that failed a moment ago. */
function resting(): readonly string[] {
  const now = Date.now();
  for (const [key, until] of restingUntil) if (until <= now) restingUntil.delete(key);
  return [...restingUntil.keys()];
}

function keyOf({ environmentId, bundleId }: Place): string {
  return `${environmentId}/${bundleId}`;
}

/** Compares everything that is due at a moment, one after the other, once. @returns how many were compared */
export async function compareDue(now: Date): Promise<number> {
  let compared = 0;
  for (const place of await duePlaces(now, { except: [], limit: 1_000 })) {
    if ((await comparePlace(place, now)) === "compared") compared += 1;
  }
  return compared;
}

/** The places that are marked, and those whose verdict runs out, the longest waiting first. */
async function duePlaces(
  now: Date,
  { except, limit }: { readonly except: readonly string[]; readonly limit: number },
): Promise<readonly Place[]> {
  return database().$queryRaw<Place[]>`
    SELECT environment_id AS "environmentId", bundle_id AS "bundleId" FROM sync_verdict
    WHERE (is_dirty OR valid_until < ${now}
        OR (valid_until < ${now}::timestamptz + make_interval(secs => ${LEAD_SECONDS})
          AND evaluated_at < valid_until - make_interval(secs => ${LEAD_SECONDS})))
      AND environment_id || '/' || bundle_id <> ALL(${[...except]}::text[])
    ORDER BY evaluated_at NULLS FIRST LIMIT ${limit}`;
}

/**
 * Marks places where somebody fell silent or came back since they were compared, where a deployment is still to be
 * verified, and where a suppression is over: what no report and no verdict's end would say.
 */
export const driftSweep = defineJob({
  name: "drift-sweep",
  when: { everySeconds: 30 },
  run: async ({ now }) => {
    await markSilence(now);
    await markWaiting(now);
  },
});

/** Marks everything that runs or is declared anywhere, whatever was missed. */
export const fullDriftSweep = defineJob({
  name: "drift-full-sweep",
  when: { everySeconds: 600 },
  run: async ({ now }) => {
    await markEverything(now);
  },
});

/** @returns how many places were marked */
export async function markSilence(now: Date): Promise<number> {
  return database().$executeRaw`
    INSERT INTO sync_verdict AS v (environment_id, bundle_id, system_id, sync_since, health_since)
    SELECT environment_id, bundle_id, system_id, ${now}, ${now}
    FROM (SELECT environment_id, bundle_id, system_id,
        count(*) FILTER (WHERE last_seen_at + make_interval(secs => 2 * interval_seconds) < ${now}) AS silent,
        count(*) AS all_of_them
      FROM runtime GROUP BY environment_id, bundle_id, system_id) r
    WHERE NOT EXISTS (SELECT FROM sync_verdict s WHERE s.environment_id = r.environment_id AND s.bundle_id = r.bundle_id
      AND (s.is_dirty OR (s.silent = r.silent AND s.silent + s.instances = r.all_of_them)))
    ORDER BY environment_id, bundle_id
    ON CONFLICT (environment_id, bundle_id) DO UPDATE SET is_dirty = true, revision = v.revision + 1`;
}

/** After a day nobody waits for a deployment any more; the next report of something else looks at it again. */
const WAITED_FOR_HOURS = 24;

/** @returns how many places were marked */
export async function markWaiting(now: Date): Promise<number> {
  return database().$executeRaw`
    UPDATE sync_verdict v SET is_dirty = true, revision = revision + 1
    WHERE NOT is_dirty AND (
      EXISTS (SELECT FROM deployment d WHERE d.environment_id = v.environment_id AND d.bundle_id = v.bundle_id
        AND d.is_current AND d.state <> 'verified' AND v.instances > 0
        AND d.created_at > ${now}::timestamptz - make_interval(hours => ${WAITED_FOR_HOURS}))
      OR EXISTS (SELECT FROM drift_finding f WHERE f.environment_id = v.environment_id AND f.bundle_id = v.bundle_id
        AND f.state = 'suppressed' AND f.suppressed_until <= ${now}))`;
}

/** @returns how many places were marked */
export async function markEverything(now: Date): Promise<number> {
  return database().$executeRaw`
    INSERT INTO sync_verdict AS v (environment_id, bundle_id, system_id, sync_since, health_since)
    SELECT environment_id, bundle_id, system_id, ${now}, ${now}
    FROM (SELECT environment_id, bundle_id, system_id FROM runtime
      UNION SELECT environment_id, bundle_id, system_id FROM deployment WHERE is_current) p
    ORDER BY environment_id, bundle_id
    ON CONFLICT (environment_id, bundle_id) DO UPDATE SET is_dirty = true, revision = v.revision + 1`;
}

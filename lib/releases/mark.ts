import type { Reader } from "#lib/platform/db.ts";

/**
 * Says that a place has to be compared again, because what is declared, observed or ignored there changed. Cheap and
 * repeatable; the comparing loop of `lib/drift/jobs.ts` takes it from here. Derived state, so it needs no audit event.
 */
export async function markForComparison(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string; readonly systemId: string },
  now: Date,
) {
  await reader.$executeRaw`
    INSERT INTO sync_verdict (environment_id, bundle_id, system_id, sync_since, health_since, is_dirty)
    VALUES (${place.environmentId}::uuid, ${place.bundleId}::uuid, ${place.systemId}::uuid, ${now}, ${now}, true)
    ON CONFLICT (environment_id, bundle_id) DO UPDATE SET is_dirty = true, revision = sync_verdict.revision + 1`;
}

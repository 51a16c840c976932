import type { Actor } from "#lib/access/actor.ts";
import { PERMISSIONS_OF } from "#lib/access/permissions.ts";

/** Part of the log that someone may read: a system, or one environment of it. */
export type AuditScope = { readonly systemId: string; readonly environment: string | null };

/** What of the log the actor may read. null: all of it, and only then what belongs to no system. */
export function auditScopes(actor: Actor): readonly AuditScope[] | null {
  const scopes: AuditScope[] = [];
  for (const grant of actor.grants) {
    if (!PERMISSIONS_OF[grant.role].includes("audit:read")) continue;
    if (grant.systemId === null) return null;
    scopes.push({ systemId: grant.systemId, environment: grant.environment });
  }
  return scopes;
}

/** Whether an event lies in what the actor may read of the log. */
export function mayReadEvent(
  actor: Actor,
  event: { readonly systemId: string | null; readonly environment: string | null },
): boolean {
  const scopes = auditScopes(actor);
  if (scopes === null) return true;
  return scopes.some(
    ({ systemId, environment }) =>
      systemId === event.systemId && (environment === null || environment === event.environment),
  );
}

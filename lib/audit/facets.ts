import type { AuditScope } from "#lib/audit/rules.ts";
import type { Reader } from "#lib/platform/db.ts";

/** What there is to filter by. */
export type AuditFacets = {
  readonly actions: readonly string[];
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  readonly environments: readonly string[];
  /** Backwards: numbers of incidents grow, and the newest is asked for most. */
  readonly incidents: readonly string[];
  readonly systems: readonly { readonly slug: string; readonly name: string }[];
};

type ActorRow = { readonly id: string; readonly kind: string; readonly name: string };

/** Plumbline's own jobs share its name; which of them it is stands behind it, as `Plumbline (hot-patch-clock)`. */
function toldApart(actors: readonly ActorRow[]): AuditFacets["actors"] {
  const isShared = (name: string) => actors.filter((actor) => actor.name === name).length > 1;
  return actors.map(({ id, kind, name }) => ({
    id,
    name: kind === "job" && isShared(name) ? `${name} (${id})` : name,
  }));
}

/** Longer lists help nobody choose. */
const most = 200;

/**
 * Values that occur in the log, each found by a skip through its index: the cost grows with the number of values, not
 * of events. Names of systems are narrowed to what the reader may see; actions, actors, environments and incidents are words.
 */
export async function auditFacets(db: Reader, scopes: readonly AuditScope[] | null): Promise<AuditFacets> {
  const [actions, actors, environments, incidents, systems] = await Promise.all([
    db.$queryRaw<{ value: string }[]>`
      WITH RECURSIVE v AS (
        (SELECT action AS value FROM audit_event ORDER BY action LIMIT 1)
        UNION ALL
        SELECT (SELECT action FROM audit_event WHERE action > v.value ORDER BY action LIMIT 1) FROM v WHERE v.value IS NOT NULL
      ) SELECT value FROM v WHERE value IS NOT NULL LIMIT ${most}`,
    db.$queryRaw<ActorRow[]>`
      WITH RECURSIVE v AS (
        (SELECT actor_id AS id FROM audit_event ORDER BY actor_id LIMIT 1)
        UNION ALL
        SELECT (SELECT actor_id FROM audit_event WHERE actor_id > v.id ORDER BY actor_id LIMIT 1) FROM v WHERE v.id IS NOT NULL
      ), named AS (SELECT id FROM v WHERE id IS NOT NULL LIMIT ${most})
      SELECT named.id, e.actor_kind AS kind, e.actor_name AS name FROM named CROSS JOIN LATERAL (
        SELECT actor_kind, actor_name FROM audit_event WHERE actor_id = named.id
        ORDER BY occurred_at DESC, audit_event.id DESC LIMIT 1) e`,
    db.$queryRaw<{ value: string }[]>`
      WITH RECURSIVE v AS (
        (SELECT environment AS value FROM audit_event WHERE environment IS NOT NULL ORDER BY environment LIMIT 1)
        UNION ALL
        SELECT (SELECT environment FROM audit_event WHERE environment > v.value ORDER BY environment LIMIT 1)
        FROM v WHERE v.value IS NOT NULL
      ) SELECT value FROM v WHERE value IS NOT NULL LIMIT ${most}`,
    db.$queryRaw<{ value: string }[]>`
      WITH RECURSIVE v AS (
        (SELECT incident AS value FROM audit_event WHERE incident IS NOT NULL ORDER BY incident DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT incident FROM audit_event WHERE incident < v.value ORDER BY incident DESC LIMIT 1)
        FROM v WHERE v.value IS NOT NULL
      ) SELECT value FROM v WHERE value IS NOT NULL LIMIT ${most}`,
    db.system.findMany({
      where: scopes === null ? {} : { id: { in: scopes.map((scope) => scope.systemId) } },
      select: { slug: true, name: true },
      orderBy: { name: "asc" },
      take: most,
    }),
  ]);
  return {
    actions: actions.map((row) => row.value),
    actors: toldApart(actors).toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    environments: environments.map((row) => row.value),
    incidents: incidents.map((row) => row.value),
    systems,
  };
}

import type { AuditFilter } from "#lib/audit/input.ts";
import type { AuditScope } from "#lib/audit/rules.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";

/** A filter with names resolved to ids, and narrowed to what its reader may see. */
export type EventConditions = {
  readonly filter: Omit<AuditFilter, "system" | "change">;
  readonly systemId: string | undefined;
  readonly changeRequestId: string | undefined;
  /** null: everything. */
  readonly scopes: readonly AuditScope[] | null;
};

/** Looks up the system and the change request that a filter names. @throws Refusal `not_found` when there is none */
export async function resolveFilter(
  db: Reader,
  filter: AuditFilter,
  scopes: readonly AuditScope[] | null,
): Promise<EventConditions> {
  const { system, change, ...rest } = filter;
  const [systemId, changeRequestId] = await Promise.all([
    system === undefined ? undefined : systemIdOf(db, system),
    change === undefined ? undefined : changeIdOf(db, change),
  ]);
  return { filter: rest, systemId, changeRequestId, scopes };
}

async function systemIdOf(db: Reader, slug: string): Promise<string> {
  const found = await db.system.findUnique({ where: { slug }, select: { id: true } });
  if (!found) throw new Refusal("not_found", `No system is called ${slug}`);
  return found.id;
}

async function changeIdOf(db: Reader, number: number): Promise<string> {
  const found = await db.changeRequest.findUnique({ where: { number }, select: { id: true } });
  if (!found) throw new Refusal("not_found", `There is no change request #${number}`);
  return found.id;
}

/**
 * The conditions as SQL over `audit_event`. Each matches the leading columns of one index, which then also gives the
 * order; values travel as parameters.
 */
export function whereOf({ filter, systemId, changeRequestId, scopes }: EventConditions): Prisma.Sql {
  const parts: Prisma.Sql[] = [];
  if (filter.actor !== undefined) parts.push(Prisma.sql`actor_id = ${filter.actor}`);
  if (filter.action !== undefined) parts.push(actionIs(filter.action));
  if (filter.subject !== undefined) parts.push(subjectIs(filter.subject));
  if (systemId !== undefined) parts.push(Prisma.sql`system_id = ${systemId}::uuid`);
  if (filter.environment !== undefined) parts.push(Prisma.sql`environment = ${filter.environment}`);
  if (changeRequestId !== undefined) parts.push(Prisma.sql`change_request_id = ${changeRequestId}::uuid`);
  if (filter.incident !== undefined) parts.push(Prisma.sql`incident = ${filter.incident}`);
  if (filter.from !== undefined) parts.push(Prisma.sql`occurred_at >= ${new Date(filter.from)}`);
  if (filter.to !== undefined) parts.push(Prisma.sql`occurred_at < ${new Date(filter.to)}`);
  if (filter.text !== undefined) {
    parts.push(
      Prisma.sql`audit_words(summary, reason, subject_id, actor_name) @@ websearch_to_tsquery('simple', ${filter.text})`,
    );
  }
  if (scopes !== null) parts.push(withinScopes(scopes));
  return parts.length === 0 ? Prisma.sql`TRUE` : Prisma.join(parts, " AND ");
}

function actionIs(action: string): Prisma.Sql {
  const noun = action.endsWith(".*") ? action.slice(0, -2) : undefined;
  return noun === undefined ? Prisma.sql`action = ${action}` : Prisma.sql`split_part(action, '.', 1) = ${noun}`;
}

function subjectIs(subject: string): Prisma.Sql {
  const colon = subject.indexOf(":");
  return Prisma.sql`subject_type = ${subject.slice(0, colon)} AND subject_id = ${subject.slice(colon + 1)}`;
}

function withinScopes(scopes: readonly AuditScope[]): Prisma.Sql {
  if (scopes.length === 0) return Prisma.sql`FALSE`;
  const parts = scopes.map(({ systemId, environment }) =>
    environment === null
      ? Prisma.sql`system_id = ${systemId}::uuid`
      : Prisma.sql`(system_id = ${systemId}::uuid AND environment = ${environment})`,
  );
  return Prisma.sql`(${Prisma.join(parts, " OR ")})`;
}

import type { Role } from "#lib/access/permissions.ts";
import { isRole } from "#lib/accounts/actors.ts";
import type { AdministratorFacts } from "#lib/accounts/rules.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";

/** A reach that exists: the system's row and an environment of it. */
export type Reach = {
  readonly systemId: string | null;
  /** Slug, for sentences. */
  readonly system: string | null;
  readonly environment: string | null;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds the system (by id or slug) and the environment that a role is to reach. @throws Refusal `not_found` */
export async function findReach(
  reader: Reader,
  wanted: { readonly system?: string; readonly environment?: string },
): Promise<Reach> {
  if (wanted.system === undefined) return { systemId: null, system: null, environment: null };
  const system = await reader.system.findUnique({
    where: uuid.test(wanted.system) ? { id: wanted.system } : { slug: wanted.system },
    select: { id: true, slug: true, environments: { select: { slug: true } } },
  });
  if (!system) throw new Refusal("not_found", `There is no system ${wanted.system}`);
  const environment = wanted.environment ?? null;
  if (environment !== null && !system.environments.some(({ slug }) => slug === environment)) {
    throw new Refusal("not_found", `The system ${system.slug} has no environment ${environment}`, {
      fields: { environment: [`Choose one of ${system.environments.map(({ slug }) => slug).join(", ")}`] },
    });
  }
  return { systemId: system.id, system: system.slug, environment };
}

export type NewGrant = {
  readonly personId: string | null;
  readonly groupId: string | null;
  readonly role: Role;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
};

export async function insertGrant(tx: Tx, grant: NewGrant, now: Date): Promise<string> {
  const { expiresAt, ...same } = grant;
  // One at a time for each receiver, so that two cannot each find nothing and grant the same twice.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`plumbline.grants.${grant.personId ?? grant.groupId}`}))`;
  const existing = await tx.roleGrant.findFirst({ where: same, select: { id: true, expiresAt: true } });
  if (existing && (existing.expiresAt === null || existing.expiresAt > now)) {
    throw new Refusal("conflict", "This role is granted already; revoke it first to change its end");
  }
  const id = newId(now);
  await tx.roleGrant.create({ data: { ...grant, id, createdAt: now } });
  return id;
}

/** @throws Refusal `not_found` */
export async function loadGrant(reader: Reader, id: string) {
  const grant = await reader.roleGrant.findUnique({
    where: { id },
    select: {
      id: true,
      role: true,
      personId: true,
      groupId: true,
      systemId: true,
      environment: true,
      system: { select: { slug: true } },
      person: { select: { name: true } },
      group: { select: { name: true, slug: true } },
    },
  });
  if (!grant || !isRole(grant.role)) throw new Refusal("not_found", "There is no such role; it may have been revoked");
  return { ...grant, role: grant.role };
}

export async function deleteGrant(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.roleGrant.deleteMany({ where: { id } });
  if (count === 0) throw new Refusal("conflict", "Someone else revoked this role first");
}

/** Everyone who may be an administrator of everything. */
export async function administrators(tx: Tx): Promise<readonly AdministratorFacts[]> {
  const everywhere = { role: "administrator", systemId: null };
  const people = await tx.person.findMany({
    where: {
      OR: [{ grants: { some: everywhere } }, { memberships: { some: { group: { grants: { some: everywhere } } } } }],
    },
    select: {
      id: true,
      deactivatedAt: true,
      grants: { where: everywhere, select: { expiresAt: true } },
      memberships: { select: { group: { select: { grants: { where: everywhere, select: { expiresAt: true } } } } } },
    },
  });
  return people.map((person) => ({
    personId: person.id,
    isActive: person.deactivatedAt === null,
    grants: [...person.grants, ...person.memberships.flatMap(({ group }) => group.grants)].map(({ expiresAt }) => ({
      role: "administrator",
      systemId: null,
      environment: null,
      expiresAt,
    })),
  }));
}

/** Lets one removal of an administrator happen at a time, so that two cannot each count on the other's staying. */
export async function lockAdministrators(tx: Tx): Promise<readonly AdministratorFacts[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('plumbline.administrators'))`;
  return administrators(tx);
}

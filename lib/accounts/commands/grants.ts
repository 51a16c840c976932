import type { Scope } from "#lib/access/actor.ts";
import { GrantRole, RevokeRole } from "#lib/accounts/input.ts";
import { assertAdministratorRemains, assertEndsLater, grantInWords } from "#lib/accounts/rules.ts";
import {
  administrators,
  deleteGrant,
  findReach,
  insertGrant,
  loadGrant,
  lockAdministrators,
} from "#lib/accounts/store/grants.ts";
import { loadGroup, memberIds } from "#lib/accounts/store/groups.ts";
import { endSessionsOf, loadPerson } from "#lib/accounts/store/people.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

function scopeOf(reach: { readonly systemId: string | null; readonly environment: string | null }): Scope {
  return { systemId: reach.systemId ?? undefined, environment: reach.environment ?? undefined };
}

async function receiver(reader: Reader, input: { readonly personId?: string; readonly group?: string }) {
  if (input.personId !== undefined) {
    const person = await loadPerson(reader, input.personId);
    return { personId: person.id, groupId: null, name: person.name, people: [person.id] };
  }
  if (input.group === undefined) throw new Refusal("invalid", "Name either a person or a group");
  const group = await loadGroup(reader, input.group);
  const people = await memberIds(reader, group.id);
  return { personId: null, groupId: group.id, name: `the group ${group.name}`, people };
}

/**
 * Gives a role to a person or a group. Whoever grants must be an administrator of at least what is granted, so nobody
 * can raise anyone, or themselves, above what they hold. The sessions of everyone it concerns end.
 */
export const grantRole = command(
  {
    name: "role.grant",
    may: "access:manage",
    on: async ({ tx, input }) => scopeOf(await findReach(tx, input)),
    input: GrantRole,
    summary: "Grant a role to a person or a group: everywhere, for a system, or for an environment of it",
    http: { method: "POST", path: "/role-grants" },
  },
  async ({ tx, actor, now, input }) => {
    assertEndsLater(input.expiresAt, now);
    const { system, ...reach } = await findReach(tx, input);
    const { name, people, ...to } = await receiver(tx, input);
    const id = await insertGrant(tx, { ...reach, ...to, role: input.role, expiresAt: input.expiresAt ?? null }, now);
    await endSessionsOf(tx, people);
    const until = input.expiresAt ? ` until ${input.expiresAt.toISOString()}` : "";
    const words = grantInWords({ role: input.role, system, environment: reach.environment });
    return {
      result: { id },
      audit: [
        {
          action: "role.granted",
          subject: { type: "role_grant", id },
          summary: `Made ${people[0] === actor.id && to.personId ? "themselves" : name} ${words}${until}`,
          systemId: reach.systemId ?? undefined,
          environment: reach.environment ?? undefined,
          detail: { ...to, ...reach, role: input.role, expiresAt: input.expiresAt?.toISOString() ?? null },
        },
      ],
    };
  },
);

/** Takes a role back. The sessions of everyone it concerned end. */
export const revokeRole = command(
  {
    name: "role.revoke",
    may: "access:manage",
    on: async ({ tx, input }) => scopeOf(await loadGrant(tx, input.grantId)),
    input: RevokeRole,
    summary: "Take a role back",
    http: { method: "DELETE", path: "/role-grants/{grantId}" },
  },
  async ({ tx, input }) => {
    const before = await lockAdministrators(tx);
    const grant = await loadGrant(tx, input.grantId);
    await deleteGrant(tx, grant.id);
    assertAdministratorRemains(before, await administrators(tx));
    await endSessionsOf(tx, grant.personId ? [grant.personId] : await memberIds(tx, grant.groupId ?? ""));
    const words = grantInWords({ ...grant, system: grant.system?.slug ?? null });
    const name = grant.person?.name ?? `the group ${grant.group?.name}`;
    return {
      result: { id: grant.id },
      audit: [
        {
          action: "role.revoked",
          subject: { type: "role_grant", id: grant.id },
          summary: `${name} is no longer ${words}`,
          systemId: grant.systemId ?? undefined,
          environment: grant.environment ?? undefined,
          detail: {
            personId: grant.personId,
            groupId: grant.groupId,
            role: grant.role,
            systemId: grant.systemId,
            environment: grant.environment,
          },
        },
      ],
    };
  },
);

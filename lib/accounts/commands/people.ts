import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { CreatePerson, DeactivatePerson, PersonInput, RenamePerson } from "#lib/accounts/input.ts";
import { hashPassword } from "#lib/accounts/password.ts";
import {
  assertAdministratorRemains,
  assertEndsLater,
  assertGoodPassword,
  assertNotOneself,
  grantInWords,
} from "#lib/accounts/rules.ts";
import { administrators, findReach, insertGrant, lockAdministrators } from "#lib/accounts/store/grants.ts";
import { insertMember, loadGroup } from "#lib/accounts/store/groups.ts";
import { changePerson, insertPerson, loadPerson } from "#lib/accounts/store/people.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Lets someone in: with an initial password, or through the company's sign-in only, and with first roles and groups. */
export const createPerson = command(
  {
    name: "person.create",
    may: "access:manage",
    on: "everywhere",
    input: CreatePerson,
    summary: "Let a person in, with an initial password, roles and groups",
    http: { method: "POST", path: "/people" },
    holdsSecret: true,
  },
  async ({ tx, now, input }) => {
    const { email, name, password } = input;
    if (password !== undefined) assertGoodPassword(password, { email, name });
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const id = await insertPerson(tx, { email, name, passwordHash, oidcSubject: null }, now);
    const given: string[] = [];
    for (const { role, expiresAt, ...wanted } of input.roles) {
      assertEndsLater(expiresAt, now);
      const { system, ...reach } = await findReach(tx, wanted);
      await insertGrant(tx, { ...reach, role, personId: id, groupId: null, expiresAt: expiresAt ?? null }, now);
      given.push(grantInWords({ role, system, environment: reach.environment }));
    }
    for (const slug of input.groups) await insertMember(tx, (await loadGroup(tx, slug)).id, id);
    const as = given.length > 0 ? ` as ${given.join(", ")}` : "";
    const into = input.groups.length > 0 ? ` in the groups ${input.groups.join(", ")}` : "";
    return {
      result: { id },
      audit: [
        {
          action: "person.created",
          subject: { type: "person", id },
          summary: `Let in ${name} (${email})${as}${into}`,
          detail: { email, name, signsIn: passwordHash ? "password" : "company", roles: given, groups: input.groups },
        },
      ],
    };
  },
);

/** Gives someone another name; people may rename themselves. */
export const renamePerson = command(
  {
    name: "person.rename",
    may: "anyone",
    on: "everywhere",
    input: RenamePerson,
    summary: "Rename a person: oneself, or anyone as an administrator",
    http: { method: "PATCH", path: "/people/{personId}" },
  },
  async ({ tx, actor, input }) => {
    assertOwnOrManaged(actor, input.personId);
    const person = await loadPerson(tx, input.personId);
    const revision = input.revision ?? person.revision;
    await changePerson(tx, { id: person.id, revision }, { name: input.name, endsSessions: false });
    return {
      result: { id: person.id },
      audit: [
        {
          action: "person.renamed",
          subject: { type: "person", id: person.id },
          summary: `Renamed ${person.name} to ${input.name}`,
          detail: { changes: [{ pointer: "/name", before: person.name, after: input.name }] },
        },
      ],
    };
  },
);

function assertOwnOrManaged(actor: Actor, personId: string): void {
  if ((actor.kind === "person" && actor.id === personId) || may(actor, "access:manage")) return;
  throw new Refusal("forbidden", "You can rename only yourself; an administrator can rename others");
}

/** Shuts someone out at once: their sessions and their tokens end, and their name stays in the log. */
export const deactivatePerson = command(
  {
    name: "person.deactivate",
    may: "access:manage",
    on: "everywhere",
    input: DeactivatePerson,
    summary: "Shut a person out: sessions and tokens end at once",
    http: { method: "POST", path: "/people/{personId}/deactivation" },
  },
  async ({ tx, actor, now, input }) => {
    const before = await lockAdministrators(tx);
    assertNotOneself(actor.id, input.personId);
    const person = await loadPerson(tx, input.personId);
    if (person.deactivatedAt) throw new Refusal("conflict", `${person.name} is deactivated already`);
    const revision = input.revision ?? person.revision;
    await changePerson(tx, { id: person.id, revision }, { deactivatedAt: now, endsSessions: true });
    assertAdministratorRemains(before, await administrators(tx));
    const tokens = await tx.apiToken.count({
      where: { ownerId: person.id, revokedAt: null, expiresAt: { gt: now } },
    });
    const stopped = tokens === 0 ? "" : `; ${tokens} ${tokens === 1 ? "token stops" : "tokens stop"} with them`;
    return {
      result: { id: person.id },
      audit: [
        {
          action: "person.deactivated",
          subject: { type: "person", id: person.id },
          summary: `Deactivated ${person.name}${stopped}`,
          reason: input.reason,
          detail: { changes: [{ pointer: "/deactivatedAt", after: now.toISOString() }], tokens },
        },
      ],
    };
  },
);

/** Lets someone in again, with the roles they had. */
export const reactivatePerson = command(
  {
    name: "person.reactivate",
    may: "access:manage",
    on: "everywhere",
    input: PersonInput,
    summary: "Let a deactivated person in again",
    http: { method: "DELETE", path: "/people/{personId}/deactivation" },
  },
  async ({ tx, input }) => {
    const person = await loadPerson(tx, input.personId);
    if (!person.deactivatedAt) throw new Refusal("conflict", `${person.name} is active already`);
    const revision = input.revision ?? person.revision;
    await changePerson(tx, { id: person.id, revision }, { deactivatedAt: null, endsSessions: true });
    return {
      result: { id: person.id },
      audit: [
        {
          action: "person.reactivated",
          subject: { type: "person", id: person.id },
          summary: `Reactivated ${person.name}`,
          detail: { changes: [{ pointer: "/deactivatedAt", before: person.deactivatedAt.toISOString() }] },
        },
      ],
    };
  },
);

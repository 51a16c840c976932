import { CreateGroup, MembershipInput, RenameGroup } from "#lib/accounts/input.ts";
import { assertAdministratorRemains } from "#lib/accounts/rules.ts";
import { administrators, lockAdministrators } from "#lib/accounts/store/grants.ts";
import { deleteMember, insertGroup, insertMember, loadGroup, renameGroupRow } from "#lib/accounts/store/groups.ts";
import { endSessionsOf, loadPerson } from "#lib/accounts/store/people.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Makes a group that policies and roles can name. */
export const createGroup = command(
  {
    name: "group.create",
    may: "access:manage",
    on: "everywhere",
    input: CreateGroup,
    summary: "Make a group that policies and roles can name",
    http: { method: "POST", path: "/groups" },
  },
  async ({ tx, now, input }) => {
    const group = await insertGroup(tx, input, now);
    return {
      result: { id: group.id, slug: group.slug },
      audit: [
        {
          action: "group.created",
          subject: { type: "group", id: group.slug },
          summary: `Made the group ${group.name} (${group.slug})`,
          detail: { slug: group.slug, name: group.name },
        },
      ],
    };
  },
);

/** Gives a group another name; its slug stays, because policies name it. */
export const renameGroup = command(
  {
    name: "group.rename",
    may: "access:manage",
    on: "everywhere",
    input: RenameGroup,
    summary: "Rename a group; its slug stays",
    http: { method: "PATCH", path: "/groups/{group}" },
  },
  async ({ tx, input }) => {
    const group = await loadGroup(tx, input.group);
    await renameGroupRow(tx, { id: group.id, revision: input.revision ?? group.revision }, input.name);
    return {
      result: { slug: group.slug },
      audit: [
        {
          action: "group.renamed",
          subject: { type: "group", id: group.slug },
          summary: `Renamed the group ${group.name} to ${input.name}`,
          detail: { changes: [{ pointer: "/name", before: group.name, after: input.name }] },
        },
      ],
    };
  },
);

/** Puts someone into a group; their sessions end, because what they may do has changed. */
export const addMember = command(
  {
    name: "group.add-member",
    may: "access:manage",
    on: "everywhere",
    input: MembershipInput,
    summary: "Put a person into a group",
    http: { method: "PUT", path: "/groups/{group}/members/{personId}" },
  },
  async ({ tx, input }) => {
    const group = await loadGroup(tx, input.group);
    const person = await loadPerson(tx, input.personId);
    if (!(await insertMember(tx, group.id, person.id))) {
      throw new Refusal("conflict", `${person.name} is in ${group.name} already`);
    }
    await endSessionsOf(tx, [person.id]);
    return {
      result: { group: group.slug, personId: person.id },
      audit: [
        {
          action: "group.member_added",
          subject: { type: "group", id: group.slug },
          summary: `Added ${person.name} to the group ${group.name}`,
          detail: { group: group.slug, personId: person.id, email: person.email },
        },
      ],
    };
  },
);

/** Takes someone out of a group; their sessions end. */
export const removeMember = command(
  {
    name: "group.remove-member",
    may: "access:manage",
    on: "everywhere",
    input: MembershipInput,
    summary: "Take a person out of a group",
    http: { method: "DELETE", path: "/groups/{group}/members/{personId}" },
  },
  async ({ tx, input }) => {
    const before = await lockAdministrators(tx);
    const group = await loadGroup(tx, input.group);
    const person = await loadPerson(tx, input.personId);
    if (!(await deleteMember(tx, group.id, person.id))) {
      throw new Refusal("conflict", `${person.name} is not in ${group.name}`);
    }
    assertAdministratorRemains(before, await administrators(tx));
    await endSessionsOf(tx, [person.id]);
    return {
      result: { group: group.slug, personId: person.id },
      audit: [
        {
          action: "group.member_removed",
          subject: { type: "group", id: group.slug },
          summary: `Removed ${person.name} from the group ${group.name}`,
          detail: { group: group.slug, personId: person.id, email: person.email },
        },
      ],
    };
  },
);

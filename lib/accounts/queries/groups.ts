import { GroupInput, NoInput } from "#lib/accounts/input.ts";
import { grantsShown, shownGrantSelect } from "#lib/accounts/queries/shown-grant.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";

/** All groups, with how many people each has. */
export const listGroups = query(
  {
    name: "group.list",
    may: "access:read",
    on: "everywhere",
    input: NoInput,
    summary: "List groups",
    http: { method: "GET", path: "/groups" },
  },
  async ({ db, now }) => {
    const groups = await db.group.findMany({
      orderBy: { slug: "asc" },
      select: {
        slug: true,
        name: true,
        revision: true,
        grants: { select: shownGrantSelect },
        _count: { select: { members: { where: { person: { deactivatedAt: null } } } } },
      },
    });
    return {
      groups: groups.map(({ _count, grants, ...group }) => ({
        ...group,
        members: _count.members,
        grants: grantsShown(grants, now),
      })),
    };
  },
);

/** One group: its people and its roles. */
export const showGroup = query(
  {
    name: "group.show",
    may: "access:read",
    on: "everywhere",
    input: GroupInput,
    summary: "Show a group with its people and roles",
    http: { method: "GET", path: "/groups/{group}" },
  },
  async ({ db, input, now }) => {
    const group = await db.group.findUnique({
      where: { slug: input.group },
      select: {
        slug: true,
        name: true,
        revision: true,
        grants: { select: shownGrantSelect, orderBy: { id: "asc" } },
        members: {
          select: { person: { select: { id: true, name: true, email: true, deactivatedAt: true } } },
          orderBy: { person: { name: "asc" } },
        },
      },
    });
    if (!group) throw new Refusal("not_found", `There is no group ${input.group}`);
    const { members, grants, ...shown } = group;
    return {
      ...shown,
      grants: grantsShown(grants, now),
      members: members.map(({ person: { deactivatedAt, ...person } }) => ({
        ...person,
        isActive: deactivatedAt === null,
      })),
    };
  },
);

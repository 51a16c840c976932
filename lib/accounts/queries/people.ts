import { MembersPage, NoInput, PersonId } from "#lib/accounts/input.ts";
import { placeAfter } from "#lib/accounts/queries/cursor.ts";
import { grantsShown, type ShownGrant, shownGrantSelect } from "#lib/accounts/queries/shown-grant.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";

const PAGE = 50;

export type MemberRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly grants: readonly ShownGrant[];
  readonly groups: readonly { readonly slug: string; readonly name: string }[];
};

/** People by name, 50 a page. */
export const listPeople = query(
  {
    name: "person.list",
    may: "access:read",
    on: "everywhere",
    input: MembersPage,
    summary: "List people with their roles and groups, by name",
    http: { method: "GET", path: "/people" },
  },
  async ({ db, input, now }) => {
    const after = placeAfter(input.cursor);
    const search = input.search ? { contains: input.search, mode: "insensitive" as const } : undefined;
    const rows = await db.person.findMany({
      where: {
        AND: [
          search ? { OR: [{ name: search }, { email: search }] } : {},
          input.state ? { deactivatedAt: input.state === "active" ? null : { not: null } } : {},
          after ? { OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] } : {},
        ],
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: PAGE + 1,
      select: {
        id: true,
        name: true,
        email: true,
        deactivatedAt: true,
        grants: { select: shownGrantSelect },
        memberships: { select: { group: { select: { slug: true, name: true } } } },
      },
    });
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    return {
      people: shown.map(
        (person): MemberRow => ({
          id: person.id,
          name: person.name,
          email: person.email,
          isActive: person.deactivatedAt === null,
          grants: grantsShown(person.grants, now),
          groups: person.memberships.map(({ group }) => group),
        }),
      ),
      nextCursor: rows.length > PAGE && last ? encodeCursor([last.name, last.id]) : null,
    };
  },
);

/** One person: roles, groups and what they get through those, tokens, live sessions. */
export const showPerson = query(
  {
    name: "person.show",
    may: "access:read",
    on: "everywhere",
    input: PersonId,
    summary: "Show a person with roles, groups and tokens",
    http: { method: "GET", path: "/people/{personId}" },
  },
  async ({ db, input, now }) => {
    const person = await db.person.findUnique({
      where: { id: input.personId },
      select: {
        id: true,
        name: true,
        email: true,
        passwordHash: true,
        oidcSubject: true,
        deactivatedAt: true,
        createdAt: true,
        revision: true,
        sessionEpoch: true,
        grants: { select: shownGrantSelect, orderBy: { id: "asc" } },
        memberships: {
          select: { group: { select: { slug: true, name: true, grants: { select: shownGrantSelect } } } },
        },
        sessions: { where: { endedAt: null, expiresAt: { gt: now } }, select: { id: true, epoch: true } },
        tokens: { where: { revokedAt: null, expiresAt: { gt: now } }, select: { id: true, name: true, prefix: true } },
      },
    });
    if (!person) throw new Refusal("not_found", "There is no such person");
    const { passwordHash, oidcSubject, sessionEpoch, sessions, memberships, grants, deactivatedAt, ...shown } = person;
    return {
      ...shown,
      deactivatedAt,
      isActive: deactivatedAt === null,
      hasPassword: passwordHash !== null,
      isBoundToCompany: oidcSubject !== null,
      grants: grantsShown(grants, now),
      groups: memberships.map(({ group }) => ({
        slug: group.slug,
        name: group.name,
        grants: grantsShown(group.grants, now),
      })),
      liveSessions: sessions.filter((session) => session.epoch === sessionEpoch).length,
    };
  },
);

/** What someone sees of themselves. */
export const showMe = query(
  {
    name: "me.show",
    may: "anyone",
    on: "anywhere",
    input: NoInput,
    summary: "Show who is signed in, with roles, groups and sessions",
    http: { method: "GET", path: "/me" },
  },
  async ({ db, actor, now }) => {
    const person =
      actor.kind === "person"
        ? await db.person.findUnique({
            where: { id: actor.id },
            select: {
              email: true,
              revision: true,
              passwordHash: true,
              sessionEpoch: true,
              grants: { select: shownGrantSelect },
              memberships: { select: { group: { select: { slug: true, name: true } } } },
              sessions: { where: { endedAt: null, expiresAt: { gt: now } }, orderBy: { createdAt: "desc" } },
            },
          })
        : null;
    const live = person?.sessions.filter((session) => session.epoch === person.sessionEpoch) ?? [];
    const seen = await db.activity.findMany({ where: { subjectId: { in: live.map(({ id }) => id) } } });
    const seenAt = new Map(seen.map((row) => [row.subjectId, row.lastSeenAt]));
    return {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      email: person?.email ?? null,
      revision: person?.revision ?? null,
      hasPassword: Boolean(person?.passwordHash),
      effectiveGrants: actor.grants,
      grants: grantsShown(person?.grants ?? [], now),
      groups: person?.memberships.map(({ group }) => group) ?? [],
      sessions: live.map(({ id, createdAt, expiresAt }) => ({
        id,
        createdAt,
        expiresAt,
        lastSeenAt: seenAt.get(id) ?? createdAt,
      })),
    };
  },
);

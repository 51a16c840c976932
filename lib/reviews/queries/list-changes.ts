import { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { readableSystems } from "#lib/access/may.ts";
import { PERMISSIONS_OF } from "#lib/access/permissions.ts";
import { decodeCursor, encodeCursor } from "#lib/kernel/cursor.ts";
import { type Paged, pageOf } from "#lib/kernel/page.ts";
import type { Db } from "#lib/platform/db.ts";
import type { Prisma } from "#lib/platform/prisma/client.ts";
import { query } from "#lib/query.ts";
import { ListChanges } from "#lib/reviews/input.ts";

type Where = Prisma.ChangeRequestWhereInput;
type Tab = "needs_my_review" | "mine" | "all";

const ACTIVE = ["draft", "open", "changes_requested", "approved"];
const COUNTED_TO = 100;

/** Change requests, newest first: those that wait for one's verdict, one's own, or all. */
export const listChanges = query(
  {
    name: "change.list",
    may: "system:read",
    on: "anywhere",
    input: ListChanges,
    summary: "List change requests, newest first: those that need your review, your own, or all",
    http: { method: "GET", path: "/changes" },
  },
  async ({ db, actor, input }) => {
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const after = input.newer ? decodeCursor(input.newer, ["number"])[0] : undefined;
    const rows = await db.changeRequest.findMany({
      where: {
        AND: [
          visibleChanges(actor),
          ofTab(actor, input.tab),
          inState(input.tab, input.state),
          input.system ? { system: { slug: input.system } } : {},
          input.q ? { title: { contains: input.q, mode: "insensitive" } } : {},
          before ? { number: { lt: before } } : {},
          after ? { number: { gt: after } } : {},
        ],
      },
      orderBy: { number: after ? "asc" : "desc" },
      take: input.limit + 1,
      select: {
        number: true,
        kind: true,
        title: true,
        state: true,
        authorId: true,
        authorName: true,
        environments: true,
        scheduleState: true,
        scheduledFor: true,
        createdAt: true,
        updatedAt: true,
        system: { select: { slug: true, name: true } },
        reviews: {
          where: { verdict: { in: ["approve", "request_changes"] }, dismissedAt: null, withdrawnAt: null },
          orderBy: { createdAt: "asc" },
          select: { reviewerName: true, verdict: true },
        },
        _count: { select: { threads: { where: { resolvedAt: null } } } },
      },
    });
    return bothWays(
      pageOf(rows, input.limit, (request) => [request.number]),
      { before, after },
    );
  },
);

/** A page with the cursors of both its neighbours, newest first whichever way it was read. */
function bothWays<T extends { readonly number: number }>(
  page: Paged<T>,
  from: { readonly before?: number; readonly after?: number },
): Paged<T> & { readonly newer: string | null } {
  const cursorOf = (row: T | undefined) => (row ? encodeCursor([row.number]) : null);
  if (from.after === undefined) return { ...page, newer: from.before === undefined ? null : cursorOf(page.items[0]) };
  const items = page.items.toReversed();
  return { items, next: cursorOf(items.at(-1)), newer: page.next };
}

/** How many requests wait in each tab of the list. */
export const countChanges = query(
  {
    name: "change.count",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "Count the change requests that are under way: those that need your review, your own, and all, up to 100",
    http: { method: "GET", path: "/change-counts" },
  },
  ({ db, actor }) => waitingChanges(db, actor),
);

/** How many requests wait in each tab, counted up to 100. */
export async function waitingChanges(db: Db, actor: Actor): Promise<Readonly<Record<Tab, number>>> {
  const count = (tab: Tab) =>
    db.changeRequest.findMany({
      where: { AND: [visibleChanges(actor), ofTab(actor, tab), inState(tab, "active")] },
      take: COUNTED_TO,
      select: { number: true },
    });
  const [needs, mine, all] = await Promise.all([count("needs_my_review"), count("mine"), count("all")]);
  return { needs_my_review: needs.length, mine: mine.length, all: all.length };
}

/** The requests of readable systems; others' drafts are nobody's business yet. */
export function visibleChanges(actor: Actor): Where {
  const systems = readableSystems(actor);
  return {
    ...(systems && { systemId: { in: [...systems] } }),
    OR: [{ state: { not: "draft" } }, { contributors: { has: actor.id } }],
  };
}

function inState(tab: Tab, state: string): Where {
  if (tab === "needs_my_review" || state === "any") return {};
  return state === "active" ? { state: { in: ACTIVE } } : { state };
}

function ofTab(actor: Actor, tab: Tab): Where {
  switch (tab) {
    case "all":
      return {};
    case "mine":
      return { contributors: { has: actor.id } };
    case "needs_my_review":
      return {
        state: "open",
        NOT: { contributors: { has: actor.id } },
        OR: approvable(actor),
        reviews: {
          none: { reviewerId: actor.id, verdict: "approve", dismissedAt: null, withdrawnAt: null },
        },
      };
  }
}

/** The requests that the actor's grants let them approve somewhere. */
function approvable(actor: Actor): Where[] {
  const grants = actor.grants.filter((grant) => PERMISSIONS_OF[grant.role].includes("change:approve"));
  // An empty OR does not restrict anything, so that "none" has to be said.
  if (actor.kind !== "person" || grants.length === 0) return [{ number: { in: [] } }];
  return grants.map((grant) => ({
    ...(grant.systemId && { systemId: grant.systemId }),
    ...(grant.environment && { environments: { has: grant.environment } }),
  }));
}

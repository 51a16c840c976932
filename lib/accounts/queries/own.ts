import { NotificationsPage, SavedViewsOf } from "#lib/accounts/input.ts";
import { placeAfter } from "#lib/accounts/queries/cursor.ts";
import { encodeCursor } from "#lib/kernel/cursor.ts";
import { query } from "#lib/query.ts";

const PAGE = 30;

/** One's own inbox, newest first, with how many are unread. */
export const listNotifications = query(
  {
    name: "notification.list",
    may: "own:manage",
    on: "anywhere",
    input: NotificationsPage,
    summary: "List one's own notifications, newest first",
    http: { method: "GET", path: "/me/notifications" },
  },
  async ({ db, actor, input }) => {
    const after = placeAfter(input.cursor);
    if (actor.kind !== "person") return { notifications: [], unread: 0, nextCursor: null };
    const [rows, unread] = await Promise.all([
      db.notification.findMany({
        where: {
          personId: actor.id,
          ...(after ? { id: { lt: after.id } } : {}),
          ...(input.unread ? { readAt: null } : {}),
        },
        orderBy: { id: "desc" },
        take: PAGE + 1,
        select: { id: true, kind: true, text: true, href: true, readAt: true, createdAt: true },
      }),
      db.notification.count({ where: { personId: actor.id, readAt: null } }),
    ]);
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    return {
      notifications: shown,
      unread,
      nextCursor: rows.length > PAGE && last ? encodeCursor(["", last.id]) : null,
    };
  },
);

/** One's own named views, of one page or of all. */
export const listSavedViews = query(
  {
    name: "view.list",
    may: "own:manage",
    on: "anywhere",
    input: SavedViewsOf,
    summary: "List one's own saved views",
    http: { method: "GET", path: "/me/views" },
  },
  async ({ db, actor, input }) => {
    if (actor.kind !== "person") return { views: [] };
    const views = await db.savedView.findMany({
      where: { personId: actor.id, ...(input.page ? { page: input.page } : {}) },
      orderBy: [{ page: "asc" }, { name: "asc" }],
      select: { id: true, page: true, name: true, query: true },
    });
    return { views };
  },
);

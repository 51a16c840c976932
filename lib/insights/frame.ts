import { z } from "zod";
import { mayAnywhere } from "#lib/access/may.ts";
import { query } from "#lib/query.ts";
import { waitingChanges } from "#lib/reviews/queries/list-changes.ts";

/** What the frame around every page tells this person: what waits for them, and which pages they have. */
export const showFrame = query(
  {
    name: "frame.show",
    may: "anyone",
    on: "anywhere",
    input: z.object({}),
    summary: "Show what waits for you: reviews and unread notifications",
    http: { method: "GET", path: "/me/waiting" },
  },
  async ({ db, actor }) => {
    const [changes, unread] = await Promise.all([
      waitingChanges(db, actor),
      actor.kind === "person" ? db.notification.count({ where: { personId: actor.id, readAt: null } }) : 0,
    ]);
    return { toReview: changes.needs_my_review, unread, mayAudit: mayAnywhere(actor, "audit:read") };
  },
);

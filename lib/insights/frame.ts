import { z } from "zod";
import { mayAnywhere } from "#lib/access/may.ts";
import { countFindings } from "#lib/drift/queries/list-findings.ts";
import { openPatches } from "#lib/hot-patches/queries/open-hot-patches.ts";
import { query } from "#lib/query.ts";
import { waitingChanges } from "#lib/reviews/queries/list-changes.ts";

/** What the frame around every page tells this person: what waits for them, what is open, and which pages they have. */
export const showFrame = query(
  {
    name: "frame.show",
    may: "anyone",
    on: "anywhere",
    input: z.object({}),
    summary: "Show what waits for you: reviews, open findings, open hot-patches and unread notifications",
    http: { method: "GET", path: "/me/waiting" },
  },
  async ({ db, actor, now }) => {
    const mayRead = mayAnywhere(actor, "system:read");
    const [changes, unread, findings, patches] = await Promise.all([
      waitingChanges(db, actor),
      actor.kind === "person" ? db.notification.count({ where: { personId: actor.id, readAt: null } }) : 0,
      mayRead ? countFindings(actor, {}, { now }) : { open: 0, critical: 0 },
      mayRead ? openPatches(db, actor, now) : [],
    ]);
    return {
      toReview: changes.needs_my_review,
      unread,
      /** Counted up to 100. */
      openFindings: findings.open,
      openHotPatches: patches.length,
      /** In force, asked for, or overdue: most urgent first. */
      hotPatches: patches,
      now,
      mayAudit: mayAnywhere(actor, "audit:read"),
    };
  },
);

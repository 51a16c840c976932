import { MarkRead } from "#lib/accounts/input.ts";
import { readNotifications } from "#lib/accounts/store/inbox.ts";
import { command } from "#lib/command.ts";

/** Marks one notification as read, or all of them. */
export const markRead = command(
  {
    name: "notification.read",
    may: "own:manage",
    on: "anywhere",
    input: MarkRead,
    summary: "Mark one of one's notifications as read, or all",
    http: { method: "POST", path: "/me/notifications/read" },
  },
  async ({ tx, actor, now, input }) => {
    const count = await readNotifications(tx, { personId: actor.id, id: input.notificationId }, now);
    return {
      result: { count },
      audit: [
        {
          action: "notification.read",
          subject: { type: "person", id: actor.id },
          summary: `${actor.name} read ${count} ${count === 1 ? "notification" : "notifications"}`,
        },
      ],
    };
  },
);

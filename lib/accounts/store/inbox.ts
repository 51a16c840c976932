import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { refusingTaken, type Tx } from "#lib/platform/db.ts";

type NewView = { readonly personId: string; readonly page: string; readonly name: string; readonly query: string };

/** @throws Refusal `conflict` when the person has a view of that name there */
export function insertView(tx: Tx, view: NewView, now: Date): Promise<string> {
  const id = newId(now);
  return refusingTaken(
    "saved_view_name_key",
    `You have a view ${view.name} here already; choose another name`,
    async () => {
      await tx.savedView.create({ data: { ...view, id, createdAt: now } });
      return id;
    },
  );
}

/** @throws Refusal `not_found` */
export async function deleteView(tx: Tx, personId: string, id: string) {
  const view = await tx.savedView.findFirst({ where: { id, personId }, select: { id: true, name: true, page: true } });
  if (!view) throw new Refusal("not_found", "You have no such view");
  await tx.savedView.deleteMany({ where: { id, personId } });
  return view;
}

/** Marks one notification, or all; returns how many were unread. */
export async function readNotifications(
  tx: Tx,
  which: { readonly personId: string; readonly id?: string },
  now: Date,
): Promise<number> {
  const { count } = await tx.notification.updateMany({ where: { ...which, readAt: null }, data: { readAt: now } });
  return count;
}

"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { markRead } from "#lib/accounts/commands/notifications.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";

export async function readAll(_: ActionState, __: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await markRead(actor, {});
    refresh();
    return { message: "Everything is marked as read" };
  });
}

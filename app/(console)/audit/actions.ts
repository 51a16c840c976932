"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { forgetView, saveView } from "#lib/accounts/commands/views.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { requestLogCheck } from "#lib/audit/commands.ts";

export async function keepView(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await saveView(actor, Object.fromEntries(form));
    refresh();
    return { message: "View saved" };
  }, form);
}

export async function dropView(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await forgetView(actor, Object.fromEntries(form));
    refresh();
    return { message: "View forgotten" };
  });
}

export async function startCheck(): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await requestLogCheck(actor, {});
    refresh();
  });
}

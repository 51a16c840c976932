"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { cancelRemediation, liftQuarantine } from "#lib/drift/remediation/commands/stop-remediation.ts";

export async function cancel(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await cancelRemediation(actor, Object.fromEntries(form));
    refresh();
    return { message: "The remediation is cancelled" };
  }, form);
}

export async function lift(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await liftQuarantine(actor, Object.fromEntries(form));
    refresh();
    return { message: "The quarantine is lifted" };
  }, form);
}

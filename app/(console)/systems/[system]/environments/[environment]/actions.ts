"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { verifyDeployment as verifyCommand } from "#lib/releases/commands/verify-deployment.ts";

export async function verifyDeployment(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { state } = await verifyCommand(actor, Object.fromEntries(form));
    refresh();
    return { message: state === "verified" ? "The deployment is verified" : "Recorded: something else is running" };
  }, form);
}

"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { describeSystem } from "#lib/systems/commands/describe-system.ts";
import { protectSystem } from "#lib/systems/commands/protect-system.ts";

export async function describe(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await describeSystem(actor, Object.fromEntries(form));
    refresh();
    return { message: "The description is saved" };
  }, form);
}

export async function protect(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await protectSystem(actor, Object.fromEntries(form));
    refresh();
    return { message: "The system is protected" };
  }, form);
}

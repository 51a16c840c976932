"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { addEnvironment } from "#lib/systems/commands/add-environment.ts";
import { holdEnvironment, liftHold } from "#lib/systems/commands/hold-environment.ts";

export async function add(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { slug } = await addEnvironment(actor, Object.fromEntries(form));
    refresh();
    return { message: `The environment ${slug} is the last of the pipeline now` };
  }, form);
}

export async function hold(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await holdEnvironment(actor, Object.fromEntries(form));
    refresh();
    return { message: "The environment is on hold" };
  }, form);
}

export async function lift(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await liftHold(actor, Object.fromEntries(form));
    refresh();
    return { message: "The hold is lifted" };
  }, form);
}

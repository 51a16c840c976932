"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { approveHotPatch, denyHotPatch, withdrawHotPatch } from "#lib/hot-patches/commands/answer-request.ts";
import { makePermanent, reassignFollowUp, revertHotPatch } from "#lib/hot-patches/commands/decide-follow-up.ts";
import { extendHotPatch } from "#lib/hot-patches/commands/extend-hot-patch.ts";
import { reviewHotPatch } from "#lib/hot-patches/commands/review-hot-patch.ts";

/** Runs one command of a patch with what its form holds, and shows the patch as it is afterwards. */
async function run(
  form: FormData,
  perform: (actor: Awaited<ReturnType<typeof requireActor>>, input: Record<string, unknown>) => Promise<unknown>,
  message: string,
): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await perform(actor, Object.fromEntries(form));
    refresh();
    return { message };
  }, form);
}

export async function approve(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, approveHotPatch, "The hot-patch took effect");
}

export async function deny(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, denyHotPatch, "The hot-patch was denied");
}

export async function withdraw(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, withdrawHotPatch, "The hot-patch was withdrawn");
}

export async function extend(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, extendHotPatch, "The hot-patch has more time");
}

export async function review(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, reviewHotPatch, "The review is recorded");
}

export async function revert(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, revertHotPatch, "Decided: it goes back");
}

export async function reassign(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, reassignFollowUp, "The follow-up has another owner");
}

/** Opens the change request that would make it permanent, and goes there. */
export async function keep(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  let change: number | null = null;
  const state = await answering(async () => {
    ({ change } = await makePermanent(actor, Object.fromEntries(form)));
  }, form);
  if (change !== null) redirect(`/changes/${change}`);
  return state;
}

"use server";

import { refresh } from "next/cache";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { overrideGate, waiveCheck } from "#lib/gates/commands/except-gate.ts";
import { claimChange } from "#lib/reviews/commands/claim-change.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { openChange } from "#lib/reviews/commands/open-change.ts";
import { recallChange } from "#lib/reviews/commands/recall-change.ts";
import { reopenChange } from "#lib/reviews/commands/reopen-change.ts";
import { scheduleChange, unscheduleChange } from "#lib/reviews/commands/schedule-change.ts";

/** Runs one command of a request with what its form holds, and shows the request as it is afterwards. */
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

export async function apply(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, applyChange, "The change took effect");
}

export async function open(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, openChange, "The change is open for review");
}

export async function recall(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, recallChange, "The change is a draft again");
}

export async function close(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, closeChange, "The change is closed");
}

export async function reopen(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, reopenChange, "The change is open again");
}

export async function claim(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, claimChange, "You are now the author of this change");
}

export async function edit(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, editChange, "The change was edited");
}

export async function updateFromDrafts(_: ActionState, form: FormData): Promise<ActionState> {
  return run(
    form,
    (actor, input) => editChange(actor, { ...input, fromDrafts: true }),
    "The request has the drafts' text now",
  );
}

export async function schedule(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, scheduleChange, "The change is scheduled");
}

export async function unschedule(_: ActionState, form: FormData): Promise<ActionState> {
  return run(form, unscheduleChange, "The change is off the schedule");
}

/** A whole gate, or those places of it that the form names. */
export async function except(_: ActionState, form: FormData): Promise<ActionState> {
  const items = form.getAll("items");
  if (items.length === 0 && form.get("scope") !== "items") return run(form, overrideGate, "The gate is set aside");
  return run(form, (actor, input) => waiveCheck(actor, { ...input, items }), "Waived");
}

"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { acceptFinding } from "#lib/drift/commands/accept-finding.ts";
import {
  acknowledgeFinding,
  acknowledgeFindings,
  suppressFinding,
  unsuppressFinding,
} from "#lib/drift/commands/triage-finding.ts";

export async function acknowledge(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await acknowledgeFinding(actor, Object.fromEntries(form));
    refresh();
    return { message: "You look after it now" };
  }, form);
}

export async function acknowledgeAll(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { acknowledged } = await acknowledgeFindings(actor, { findings: form.getAll("findings") });
    refresh();
    return { message: `You look after ${acknowledged.length} findings now` };
  }, form);
}

export async function suppress(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await suppressFinding(actor, Object.fromEntries(form));
    refresh();
    return { message: "The finding is out of sight until that day" };
  }, form);
}

export async function unsuppress(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await unsuppressFinding(actor, Object.fromEntries(form));
    refresh();
    return { message: "The finding is open again" };
  }, form);
}

/** Opens a change request that would declare the observed value, and goes there. */
export async function accept(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  let change: number | null = null;
  const state = await answering(async () => {
    ({ change } = await acceptFinding(actor, Object.fromEntries(form)));
  }, form);
  if (change !== null) redirect(`/changes/${change}`);
  return state;
}

"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { changePassword } from "#lib/accounts/commands/passwords.ts";
import { renamePerson } from "#lib/accounts/commands/people.ts";
import { endAllSessions, endSession } from "#lib/accounts/commands/sessions.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";

export async function renameMyself(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await renamePerson(actor, { ...Object.fromEntries(form), personId: actor.id });
    refresh();
    return { message: "Your name is saved" };
  }, form);
}

export async function changeMyPassword(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  const answer = await answering(async () => {
    await changePassword(actor, Object.fromEntries(form));
  });
  // Every session has ended, this one too: the new password is proven by signing in with it.
  if (answer.ok) redirect("/sign-in");
  return answer;
}

export async function endMySession(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await endSession(actor, Object.fromEntries(form));
    refresh();
    return { message: "The session has ended" };
  });
}

export async function signOutEverywhere(): Promise<ActionState> {
  const actor = await requireActor();
  await endAllSessions(actor, {});
  redirect("/sign-in");
}

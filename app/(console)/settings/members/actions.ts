"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { grantRole, revokeRole } from "#lib/accounts/commands/grants.ts";
import { addMember, removeMember } from "#lib/accounts/commands/groups.ts";
import { resetPassword } from "#lib/accounts/commands/passwords.ts";
import { createPerson, deactivatePerson, reactivatePerson, renamePerson } from "#lib/accounts/commands/people.ts";
import { endSessionsOfPerson } from "#lib/accounts/commands/sessions.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";

/** A day as people choose it: the role holds until the end of that day, in UTC. */
function endOfDay(form: FormData): string {
  const day = form.get("until");
  return typeof day === "string" && day !== "" ? `${day}T23:59:59Z` : "";
}

export async function inviteMember(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  let id: string | null = null;
  const answer = await answering(async () => {
    const { role, ...fields } = Object.fromEntries(form);
    const roles = role ? [{ role, system: form.get("system"), environment: form.get("environment") }] : [];
    const groups = form.getAll("groups").filter((group) => group !== "");
    ({ id } = await createPerson(actor, { ...fields, roles, groups }));
  }, form);
  if (id !== null) redirect(toRoute(`/settings/members/${id}`));
  return answer;
}

export async function renameMember(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await renamePerson(actor, Object.fromEntries(form));
    refresh();
    return { message: "The name is saved" };
  }, form);
}

export async function resetMemberPassword(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await resetPassword(actor, Object.fromEntries(form));
    refresh();
    return { message: "The password is set, and all sessions have ended" };
  });
}

export async function deactivateMember(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await deactivatePerson(actor, Object.fromEntries(form));
    refresh();
    return { message: "Deactivated; sessions and tokens have ended" };
  }, form);
}

export async function reactivateMember(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await reactivatePerson(actor, Object.fromEntries(form));
    refresh();
    return { message: "Reactivated" };
  });
}

export async function endMemberSessions(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await endSessionsOfPerson(actor, Object.fromEntries(form));
    refresh();
    return { message: "All sessions have ended" };
  });
}

export async function giveRole(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { until: _until, ...fields } = Object.fromEntries(form);
    await grantRole(actor, { ...fields, expiresAt: endOfDay(form) });
    refresh();
    return { message: "The role is granted; they sign in again" };
  }, form);
}

export async function takeRole(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await revokeRole(actor, Object.fromEntries(form));
    refresh();
    return { message: "The role is revoked" };
  });
}

export async function putIntoGroup(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await addMember(actor, Object.fromEntries(form));
    refresh();
    return { message: "Added to the group" };
  }, form);
}

export async function takeOutOfGroup(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await removeMember(actor, Object.fromEntries(form));
    refresh();
    return { message: "Removed from the group" };
  });
}

"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { createGroup, renameGroup } from "#lib/accounts/commands/groups.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";

export async function makeGroup(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  let slug: string | null = null;
  const answer = await answering(async () => {
    ({ slug } = await createGroup(actor, Object.fromEntries(form)));
  }, form);
  if (slug !== null) redirect(toRoute(`/settings/groups/${slug}`));
  return answer;
}

export async function renameOneGroup(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await renameGroup(actor, Object.fromEntries(form));
    refresh();
    return { message: "The name is saved" };
  }, form);
}

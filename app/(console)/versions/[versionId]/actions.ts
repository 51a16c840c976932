"use server";

import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { startDraft } from "#lib/bundles/commands/start-draft.ts";

export async function startFrom(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { draftId } = await startDraft(actor, Object.fromEntries(form));
    redirect(toRoute(`/drafts/${draftId}`));
  }, form);
}

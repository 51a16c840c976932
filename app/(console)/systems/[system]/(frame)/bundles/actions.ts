"use server";

import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { createBundle } from "#lib/bundles/commands/create-bundle.ts";

export async function create(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const { system, bundle } = await createBundle(actor, Object.fromEntries(form));
    redirect(toRoute(`/systems/${system}/bundles/${bundle}`));
  }, form);
}

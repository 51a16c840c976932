"use server";

import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { retireRuntime } from "#lib/runtimes/commands.ts";

/** Lets go of a silent instance and goes back to its fleet. */
export async function retire(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  const state = await answering(async () => {
    await retireRuntime(actor, Object.fromEntries(form));
  }, form);
  const fleet = form.get("fleetHref");
  if (state.ok && typeof fleet === "string" && fleet.startsWith("/systems/")) redirect(toRoute(fleet));
  return state;
}

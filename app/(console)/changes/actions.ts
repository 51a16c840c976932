"use server";

import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import { proposePromotion, proposeRollback } from "#lib/reviews/commands/propose-release.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";

/** Proposes what the form holds, and goes to the new request. `asDraft` is which of the two buttons was pressed. */
export async function propose(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    const input = {
      ...Object.fromEntries(form),
      asDraft: form.get("asDraft") === "true",
      drafts: form.getAll("drafts"),
      versions: form.getAll("versions"),
      snapshots: form.getAll("snapshots"),
    };
    const command = { version: proposeVersion, promotion: proposePromotion, rollback: proposeRollback };
    const kind = form.get("kind");
    const chosen = kind === "promotion" || kind === "rollback" ? command[kind] : command.version;
    const { number } = await chosen(actor, input);
    redirect(toRoute(`/changes/${number}`));
  }, form);
}

"use server";

import { redirect } from "next/navigation";
import type { ActionState } from "#components/ui/action-state.ts";
import { toRoute } from "#components/ui/route.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";
import type { RemediationAnswer } from "#lib/drift/remediation/begin.ts";
import { startRemediation } from "#lib/drift/remediation/commands/start-remediation.ts";

/** Starts a restore, and goes to where it can be watched: the list, or the request to roll back. */
export async function restore(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  const started: RemediationAnswer[] = [];
  const state = await answering(async () => {
    started.push(
      await startRemediation(actor, {
        ...Object.fromEntries(form),
        expectedDigests: form.getAll("expectedDigests"),
      }),
    );
  }, form);
  const [answer] = started;
  if (answer) redirect(toRoute(answer.change === null ? "/drift/remediations" : `/changes/${answer.change}`));
  return state;
}

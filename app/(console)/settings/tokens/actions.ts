"use server";

import { refresh } from "next/cache";
import type { TokenAnswer } from "#components/accounts/new-token-dialog.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { createToken, revokeToken } from "#lib/accounts/commands/tokens.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { answering } from "#lib/api/answering.ts";

/** Makes a token; the answer holds its secret, the only time. */
export async function makeToken(form: FormData): Promise<TokenAnswer> {
  const actor = await requireActor();
  let secret: string | null = null;
  const state = await answering(async () => {
    ({ secret } = await createToken(actor, Object.fromEntries(form)));
    refresh();
  }, form);
  return { state, secret };
}

export async function endToken(_: ActionState, form: FormData): Promise<ActionState> {
  const actor = await requireActor();
  return answering(async () => {
    await revokeToken(actor, Object.fromEntries(form));
    refresh();
    return { message: "The token is revoked" };
  });
}

"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { endSession } from "#lib/accounts/commands/sessions.ts";
import { sessionCookie } from "#lib/accounts/cookie.ts";
import { requireSession } from "#lib/accounts/session.ts";

/** Ends the session for whoever holds its cookie, then drops the cookie. */
export async function signOut(): Promise<void> {
  const { actor, sessionId } = await requireSession();
  await endSession(actor, { sessionId });
  (await cookies()).delete({ name: sessionCookie(), secure: sessionCookie().startsWith("__Secure-") });
  redirect("/sign-in");
}

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { arrivalOf, claimsOfCookie, sessionCookie } from "#lib/accounts/cookie.ts";
import { personOfSession, type SignedIn } from "#lib/accounts/session-actor.ts";

// For pages and server actions: these parts of the framework answer only while it renders or runs an action.

/** Who is signed in on this request, or null. Looked up once for each request. */
export const currentSession = cache(async (): Promise<SignedIn | null> => {
  const [jar, from] = await Promise.all([cookies(), headers()]);
  const claims = await claimsOfCookie(jar.get(sessionCookie())?.value);
  return claims && personOfSession(claims, arrivalOf(from, "browser"));
});

/** The person of this request, or null. */
export async function currentActor(): Promise<Actor | null> {
  return (await currentSession())?.actor ?? null;
}

/** The session of this request; without one, goes to the sign-in page and comes back here afterwards. */
export async function requireSession(): Promise<SignedIn> {
  const session = await currentSession();
  if (session) return session;
  const here = (await headers()).get("x-plumbline-path");
  redirect(here && here !== "/" ? `/sign-in?callbackUrl=${encodeURIComponent(here)}` : "/sign-in");
}

/** The person of this request; without one, goes to the sign-in page and comes back here afterwards. */
export async function requireActor(): Promise<Actor> {
  return (await requireSession()).actor;
}

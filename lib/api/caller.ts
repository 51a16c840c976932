import type { Actor } from "#lib/access/actor.ts";
import { arrivalOf, claimsOfCookie, sessionCookie } from "#lib/accounts/cookie.ts";
import type { SessionClaims } from "#lib/accounts/model.ts";
import { actorOfToken, personOfSession } from "#lib/accounts/session-actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/**
 * Who calls: a machine by its token, or a person by the session's cookie. A token that does not hold is refused even beside a
 * good cookie.
 * @throws Refusal `unauthenticated`, the same for every reason; `forbidden` for a change that another site asks for
 */
export async function callerOf(request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  const actor = authorization === null ? await personOf(request) : await machineOf(request, authorization);
  if (actor) return actor;
  throw new Refusal("unauthenticated", "Send a token that holds as Authorization: Bearer plb_…, or sign in");
}

function machineOf(request: Request, authorization: string): Promise<Actor | null> {
  const secret = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? "";
  const isCli = request.headers.get("user-agent")?.startsWith("plumbline-cli/") ?? false;
  return actorOfToken(secret, arrivalOf(request.headers, isCli ? "cli" : "api"));
}

async function personOf(request: Request): Promise<Actor | null> {
  const claims = await claimsOf(request);
  const session = claims && (await personOfSession(claims, arrivalOf(request.headers, "browser")));
  if (session && !isSafe(request)) {
    throw new Refusal("forbidden", "A change with a session's cookie must come from this site; use a token elsewhere");
  }
  return session?.actor ?? null;
}

/** What the session's cookie of a request claims; null for none, or one that is not ours. */
export function claimsOf(request: Request): Promise<SessionClaims | null> {
  return claimsOfCookie(cookieOf(request, sessionCookie()));
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = request.headers.get("cookie")?.split(";") ?? [];
  const found = pairs.map((pair) => pair.trim()).find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** Browsers send cookies with requests that other sites cause; those may only read. */
function isSafe(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  return origin !== null && URL.parse(origin)?.host === request.headers.get("host");
}

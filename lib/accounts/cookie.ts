import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Arrival } from "#lib/accounts/actors.ts";
import type { SessionClaims } from "#lib/accounts/model.ts";
import { newId } from "#lib/kernel/id.ts";
import { env } from "#lib/platform/env.ts";

/** Name of the session's cookie. Browsers send `__Secure-` cookies over https only. */
export function sessionCookie(): string {
  return env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** The key of cookies. @throws when the installation has none, because anyone could forge a cookie then */
export function sessionSecret(): string {
  const { NEXTAUTH_SECRET } = env();
  if (NEXTAUTH_SECRET.length < 32) throw new Error("NEXTAUTH_SECRET needs at least 32 characters, best random ones");
  return NEXTAUTH_SECRET;
}

const Claims = z.object({ sid: z.uuid(), epoch: z.number().int() });

/** What a token of ours claims, once decrypted; null for anything else. */
export function readClaims(token: unknown): SessionClaims | null {
  const parsed = Claims.safeParse(token);
  return parsed.success ? { sessionId: parsed.data.sid, epoch: parsed.data.epoch } : null;
}

/** The claims of a cookie's value, null when it is not ours or was altered. */
export async function claimsOfCookie(value: string | undefined): Promise<SessionClaims | null> {
  if (!value) return null;
  const secret = sessionSecret();
  // The library throws for anything that it did not make itself.
  const token = await decode({ token: value, secret }).catch(() => null);
  return readClaims(token);
}

/** Where a request comes from. The server in front of the framework writes these headers itself. */
export function arrivalOf(from: { get(name: string): string | null }, channel: Arrival["channel"]): Arrival {
  return {
    channel,
    address: from.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null,
    requestId: from.get("x-request-id") ?? newId(),
  };
}

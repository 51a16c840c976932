import type { Role } from "#lib/access/permissions.ts";

/** The signed-in span of one browser. No cookie outlives `absolute`; one that is not used for `idle` ends sooner. */
export const SESSION_LIMITS = { absolute: 12 * 60 * 60_000, idle: 2 * 60 * 60_000 } as const;

/** `activity` is written at most this often for one session or token, in milliseconds. */
export const ACTIVITY_STEP = 60_000;

/** API tokens end, at the latest, this many days after they were made. */
export const TOKEN_DAYS_MAX = 365;
export const TOKEN_PREFIX = "plb_";

/** live: works until its end · expired: its end has passed · revoked: someone ended it */
export type TokenState = "live" | "expired" | "revoked";

/** A role as it was given: to whom, how far it reaches, until when. */
export type RoleGrantFacts = {
  readonly id: string;
  readonly role: Role;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
};

/** What a cookie claims; nothing of it is believed until the session's row says the same. */
export type SessionClaims = { readonly sessionId: string; readonly epoch: number };

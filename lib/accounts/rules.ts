import type { Role } from "#lib/access/permissions.ts";
import { type RoleGrantFacts, SESSION_LIMITS, TOKEN_DAYS_MAX, type TokenState } from "#lib/accounts/model.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Whether a grant still holds: its end, where it has one, lies ahead. */
export function isInForce(grant: { readonly expiresAt: Date | null }, now: Date): boolean {
  return grant.expiresAt === null || grant.expiresAt > now;
}

/** @throws Refusal `invalid` when an exception would end before it begins */
export function assertEndsLater(expiresAt: Date | undefined, now: Date): void {
  if (expiresAt === undefined || expiresAt > now) return;
  throw new Refusal("invalid", "A role must end in the future", {
    fields: { expiresAt: ["This moment has passed; choose a later one, or none"] },
  });
}

export type AdministratorFacts = {
  readonly personId: string;
  readonly isActive: boolean;
  readonly grants: readonly Omit<RoleGrantFacts, "id">[];
};

/** Whether these grants let someone administer the whole installation without an end. */
export function isLastingAdministrator({ isActive, grants }: AdministratorFacts): boolean {
  return (
    isActive &&
    grants.some((grant) => grant.role === "administrator" && grant.systemId === null && grant.expiresAt === null)
  );
}

/**
 * Someone must always be able to let people in: an administrator of everything, active, whose role does not end.
 * Asked after a change, inside its transaction. While an installation is set up there is none yet to keep.
 * @throws Refusal `conflict`
 */
export function assertAdministratorRemains(
  before: readonly AdministratorFacts[],
  after: readonly AdministratorFacts[],
): void {
  if (after.some(isLastingAdministrator) || !before.some(isLastingAdministrator)) return;
  throw new Refusal(
    "conflict",
    "This would leave Plumbline without an administrator; make someone else an administrator of everything first",
  );
}

const guessable = ["password", "qwerty", "letmein", "welcome", "123456", "administrator"];

/**
 * Long is what counts (NIST SP 800-63B §3.1.1): no rules of composition, but nothing that a guesser tries first.
 * @throws Refusal `invalid`
 */
export function assertGoodPassword(password: string, person: { readonly email: string; readonly name: string }): void {
  const heard = password.toLowerCase();
  const own = [person.email.split("@")[0] ?? "", ...person.name.split(/\s+/)].filter((part) => part.length >= 4);
  const rest = [...guessable, ...own.map((part) => part.toLowerCase())].reduce(
    (text, word) => text.replaceAll(word, ""),
    heard,
  );
  if (rest.length >= 8 && new Set(rest).size >= 5) return;
  throw new Refusal("invalid", "This password is too easy to guess", {
    fields: { password: ["Too easy to guess: it is mostly a name, a common word or a repetition; use several words"] },
  });
}

/** @throws Refusal `conflict` for a way of ending one's own access that cannot be taken back alone */
export function assertNotOneself(actorId: string, personId: string): void {
  if (actorId !== personId) return;
  throw new Refusal("conflict", "You cannot deactivate yourself; ask another administrator");
}

/** When a token ends. Days from now, at most a year. @throws Refusal `invalid` */
export function tokenEnd(days: number, now: Date): Date {
  if (days > TOKEN_DAYS_MAX) throw new Refusal("invalid", `A token lives at most ${TOKEN_DAYS_MAX} days`);
  return new Date(now.getTime() + days * 24 * 60 * 60_000);
}

export function tokenState(
  token: { readonly expiresAt: Date; readonly revokedAt: Date | null },
  now: Date,
): TokenState {
  if (token.revokedAt) return "revoked";
  return token.expiresAt > now ? "live" : "expired";
}

export type SessionFacts = {
  readonly epoch: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly person: { readonly sessionEpoch: number; readonly deactivatedAt: Date | null };
};

/** Whether a session still lets its person in. `epoch`: the one that the cookie was given. */
export function isSessionLive(session: SessionFacts, epoch: number, now: Date): boolean {
  const lastSeen = session.lastSeenAt ?? session.createdAt;
  return (
    session.endedAt === null &&
    session.person.deactivatedAt === null &&
    session.epoch === epoch &&
    session.person.sessionEpoch === epoch &&
    session.expiresAt > now &&
    now.getTime() - session.createdAt.getTime() < SESSION_LIMITS.absolute &&
    now.getTime() - lastSeen.getTime() < SESSION_LIMITS.idle
  );
}

/** A role and its reach in words: `administrator everywhere`, `author of support-assistant in staging`. */
export function grantInWords(grant: {
  readonly role: Role;
  readonly system: string | null;
  readonly environment: string | null;
}): string {
  if (grant.system === null) return `${grant.role} everywhere`;
  return grant.environment === null
    ? `${grant.role} of ${grant.system}`
    : `${grant.role} of ${grant.system} in ${grant.environment}`;
}

/** A sign-in address within Plumbline, or `/`: never another site, however it is spelt. */
export function safeCallback(address: string | undefined): string {
  if (!address?.startsWith("/") || /^\/[/\\]/.test(address) || /[\p{Cc}\\]/u.test(address)) return "/";
  return address.startsWith("/sign-in") || address.startsWith("/api/") ? "/" : address;
}

import type { Actor } from "#lib/access/actor.ts";
import { type Arrival, actorOfPerson } from "#lib/accounts/actors.ts";
import { addressKey } from "#lib/accounts/attempts.ts";
import { refuseSession, startSession } from "#lib/accounts/commands/sessions.ts";
import { passwordMatches } from "#lib/accounts/password.ts";
import { claimAttempt, forgiveAttempts } from "#lib/accounts/store/attempts.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { humanDuration } from "#lib/kernel/time.ts";
import { database } from "#lib/platform/db.ts";

export type Credentials = { readonly email: string; readonly password: string };

/** A session that began: what its cookie claims. */
export type StartedSession = { readonly personId: string; readonly sessionId: string; readonly epoch: number };

/** The door itself, while nobody is known yet. It may do nothing but record that it was knocked at. */
export function doorActor(arrival: Arrival): Actor {
  return {
    kind: "job",
    id: "sign-in",
    name: "Sign-in",
    grants: [],
    groups: [],
    channel: arrival.channel,
    address: arrival.address ?? null,
    requestId: arrival.requestId ?? newId(),
  };
}

/**
 * Begins a session for whoever has this password. Someone unknown, someone deactivated and a wrong password get the
 * same answer after the same work.
 * @throws Refusal `unauthenticated`; `too_many`, with `details.waitMs`, after too many failures for this account or address
 */
export async function signInWithPassword(typed: Credentials, arrival: Arrival): Promise<StartedSession> {
  const now = arrival.now ?? new Date();
  const db = database();
  const account = typed.email.trim().toLowerCase().slice(0, 254);
  const keys = { account, address: addressKey(arrival.address ?? "") };
  const waitMs = await claimAttempt(db, keys, now);
  if (waitMs > 0) {
    throw new Refusal("too_many", `Too many attempts failed; try again in ${humanDuration(waitMs)}`, {
      details: { waitMs },
    });
  }
  const person = await db.person.findUnique({
    where: { email: account },
    select: { id: true, passwordHash: true, deactivatedAt: true },
  });
  const hash = person && !person.deactivatedAt ? person.passwordHash : null;
  const matches = await passwordMatches(typed.password.slice(0, 1_000), hash);
  if (!person || !matches) {
    await refuseSession(doorActor(arrival), { account, method: "password" }, { now });
    throw new Refusal("unauthenticated", "The e-mail address or the password is not right");
  }
  const actor = await actorOfPerson(db, person.id, { ...arrival, now });
  const started = await startSession(actor, { method: "password" }, { now });
  await forgiveAttempts(db, keys, now);
  return started;
}

import type { Actor } from "#lib/access/actor.ts";
import { type Arrival, actorOfRow, actorSelect } from "#lib/accounts/actors.ts";
import type { SessionClaims } from "#lib/accounts/model.ts";
import { isSessionLive } from "#lib/accounts/rules.ts";
import { machineOf, tokenOfSecret, touch } from "#lib/accounts/token-row.ts";
import { database } from "#lib/platform/db.ts";

/** Who a cookie belongs to, and which session it is. */
export type SignedIn = {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly email: string;
  readonly startedAt: Date;
};

/** The person behind a session's claims, or null: unknown, ended, outdated by a change of rights, expired or idle. */
export async function personOfSession(claims: SessionClaims, arrival: Arrival): Promise<SignedIn | null> {
  const now = arrival.now ?? new Date();
  const live = await liveSession(claims, { ...arrival, now });
  if (!live) return null;
  await touch(database(), { subjectId: live.signedIn.sessionId, lastSeenAt: live.lastSeenAt }, now);
  return live.signedIn;
}

/** As `personOfSession`, for what goes on without the person doing anything: it does not keep an idle session alive. */
export async function peekAtSession(claims: SessionClaims): Promise<SignedIn | null> {
  return (await liveSession(claims, { channel: "browser", now: new Date() }))?.signedIn ?? null;
}

async function liveSession(claims: SessionClaims, arrival: Arrival & { readonly now: Date }) {
  const db = database();
  const [session, activity] = await Promise.all([
    db.session.findUnique({
      where: { id: claims.sessionId },
      include: { person: { select: { ...actorSelect, email: true, sessionEpoch: true } } },
    }),
    db.activity.findUnique({ where: { subjectId: claims.sessionId } }),
  ]);
  const lastSeenAt = activity?.lastSeenAt ?? null;
  if (!session || !isSessionLive({ ...session, lastSeenAt }, claims.epoch, arrival.now)) return null;
  const signedIn: SignedIn = {
    actor: actorOfRow(session.person, arrival),
    sessionId: session.id,
    email: session.person.email,
    startedAt: session.createdAt,
  };
  return { signedIn, lastSeenAt };
}

/**
 * The machine behind an API token, or null: unknown, expired, revoked, or its owner has left or may no longer answer for
 * tokens of that reach.
 */
export async function actorOfToken(secret: string, arrival: Arrival): Promise<Actor | null> {
  const now = arrival.now ?? new Date();
  const db = database();
  const token = await tokenOfSecret(db, secret);
  const machine = token && machineOf(token, { ...arrival, now });
  if (!machine) return null;
  const activity = await db.activity.findUnique({ where: { subjectId: machine.id } });
  await touch(db, { subjectId: machine.id, lastSeenAt: activity?.lastSeenAt ?? null }, now);
  return machine;
}

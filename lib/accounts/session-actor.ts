import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { type Arrival, actorOfRow, actorSelect, grantsInForce } from "#lib/accounts/actors.ts";
import { ACTIVITY_STEP, type SessionClaims } from "#lib/accounts/model.ts";
import { isSessionLive, tokenState } from "#lib/accounts/rules.ts";
import { looksLikeToken, tokenHash } from "#lib/accounts/secret.ts";
import { newId } from "#lib/kernel/id.ts";
import { type Db, database } from "#lib/platform/db.ts";

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
  const db = database();
  const [session, activity] = await Promise.all([
    db.session.findUnique({
      where: { id: claims.sessionId },
      include: { person: { select: { ...actorSelect, email: true, sessionEpoch: true } } },
    }),
    db.activity.findUnique({ where: { subjectId: claims.sessionId } }),
  ]);
  if (!session) return null;
  const lastSeenAt = activity?.lastSeenAt ?? null;
  if (!isSessionLive({ ...session, lastSeenAt }, claims.epoch, now)) return null;
  await touch(db, { subjectId: session.id, lastSeenAt }, now);
  return {
    actor: actorOfRow(session.person, { ...arrival, now }),
    sessionId: session.id,
    email: session.person.email,
    startedAt: session.createdAt,
  };
}

/**
 * The machine behind an API token, or null: unknown, expired, revoked, or its owner has left or may no longer answer for
 * tokens of that reach.
 */
export async function actorOfToken(secret: string, arrival: Arrival): Promise<Actor | null> {
  if (!looksLikeToken(secret)) return null;
  const now = arrival.now ?? new Date();
  const db = database();
  const token = await db.apiToken.findUnique({
    where: { hash: tokenHash(secret) },
    include: { owner: { select: actorSelect } },
  });
  if (!token || tokenState(token, now) !== "live" || token.owner.deactivatedAt) return null;
  const reach = { systemId: token.systemId ?? undefined, environment: token.environment ?? undefined };
  if (!may(actorOfRow(token.owner, { ...arrival, now }), "token:manage", reach)) return null;
  const activity = await db.activity.findUnique({ where: { subjectId: token.id } });
  await touch(db, { subjectId: token.id, lastSeenAt: activity?.lastSeenAt ?? null }, now);
  return {
    kind: "token",
    id: token.id,
    name: token.name,
    grants: grantsInForce([{ ...token, expiresAt: token.expiresAt }], now),
    groups: [],
    channel: arrival.channel,
    address: arrival.address ?? null,
    requestId: arrival.requestId ?? newId(),
  };
}

type Seen = { readonly subjectId: string; readonly lastSeenAt: Date | null };

/** Remembers the use, at most once a minute, so that reading pages does not mean writing rows. */
async function touch(db: Db, { subjectId, lastSeenAt }: Seen, now: Date): Promise<void> {
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() < ACTIVITY_STEP) return;
  await db.$executeRaw`
    INSERT INTO activity (subject_id, last_seen_at) VALUES (${subjectId}::uuid, ${now})
    ON CONFLICT (subject_id) DO UPDATE SET last_seen_at = greatest(activity.last_seen_at, excluded.last_seen_at)`;
}

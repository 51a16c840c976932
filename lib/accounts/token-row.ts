import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { type ActorRow, type Arrival, actorOfRow, actorSelect, grantsInForce } from "#lib/accounts/actors.ts";
import { ACTIVITY_STEP } from "#lib/accounts/model.ts";
import { tokenState } from "#lib/accounts/rules.ts";
import { looksLikeToken, tokenHash } from "#lib/accounts/secret.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Db, Reader } from "#lib/platform/db.ts";

/** A token with whoever answers for it: all that its standing depends on, whatever the time. */
export type TokenRow = {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly owner: ActorRow & { readonly deactivatedAt: Date | null };
};

const withOwner = { owner: { select: actorSelect } } as const;

/** The token with this secret, whatever became of it; null when there is none. */
export async function tokenOfSecret(reader: Reader, secret: string): Promise<TokenRow | null> {
  if (!looksLikeToken(secret)) return null;
  return reader.apiToken.findUnique({ where: { hash: tokenHash(secret) }, include: withOwner });
}

/** The same by its id, for whoever has seen the secret before. */
export async function tokenOfId(reader: Reader, id: string): Promise<TokenRow | null> {
  return reader.apiToken.findUnique({ where: { id }, include: withOwner });
}

/**
 * The machine that a token stands for at this moment, or null: expired, revoked, or its owner has left or may no longer
 * answer for tokens of that reach.
 */
export function machineOf(token: TokenRow, arrival: Arrival): Actor | null {
  const now = arrival.now ?? new Date();
  if (tokenState(token, now) !== "live" || token.owner.deactivatedAt) return null;
  const reach = { systemId: token.systemId ?? undefined, environment: token.environment ?? undefined };
  if (!may(actorOfRow(token.owner, { ...arrival, now }), "token:manage", reach)) return null;
  return {
    kind: "token",
    id: token.id,
    name: token.name,
    grants: grantsInForce([token], now),
    groups: [],
    channel: arrival.channel,
    address: arrival.address ?? null,
    requestId: arrival.requestId ?? newId(),
  };
}

type Seen = { readonly subjectId: string; readonly lastSeenAt: Date | null };

/** Remembers the use, at most once a minute, so that reading pages does not mean writing rows. */
export async function touch(db: Db, { subjectId, lastSeenAt }: Seen, now: Date): Promise<void> {
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() < ACTIVITY_STEP) return;
  await db.$executeRaw`
    INSERT INTO activity (subject_id, last_seen_at) VALUES (${subjectId}::uuid, ${now})
    ON CONFLICT (subject_id) DO UPDATE SET last_seen_at = greatest(activity.last_seen_at, excluded.last_seen_at)`;
}

import { SESSION_LIMITS } from "#lib/accounts/model.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Tx } from "#lib/platform/db.ts";

/** A session of the person's current epoch. */
export async function insertSession(
  tx: Tx,
  person: { readonly id: string; readonly sessionEpoch: number },
  now: Date,
): Promise<string> {
  const id = newId(now);
  await tx.session.create({
    data: {
      id,
      personId: person.id,
      epoch: person.sessionEpoch,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_LIMITS.absolute),
    },
  });
  return id;
}

/** Ends sessions of a person that have not ended; returns how many. */
export async function endSessionRows(
  tx: Tx,
  which: { readonly personId: string; readonly id?: string },
  now: Date,
): Promise<number> {
  const { count } = await tx.session.updateMany({ where: { ...which, endedAt: null }, data: { endedAt: now } });
  return count;
}

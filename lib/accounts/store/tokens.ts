import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";

export type NewToken = {
  readonly name: string;
  readonly prefix: string;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly ownerId: string;
  readonly role: string;
  readonly systemId: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date;
};

export async function insertToken(tx: Tx, token: NewToken, now: Date): Promise<string> {
  const id = newId(now);
  await tx.apiToken.create({ data: { ...token, id, createdAt: now } });
  return id;
}

/** @throws Refusal `not_found` */
export async function loadToken(reader: Reader, id: string) {
  const token = await reader.apiToken.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      prefix: true,
      role: true,
      systemId: true,
      environment: true,
      expiresAt: true,
      revokedAt: true,
    },
  });
  if (!token) throw new Refusal("not_found", "There is no such token");
  return token;
}

/** @throws Refusal `conflict` when it is revoked already */
export async function revokeTokenRow(tx: Tx, id: string, now: Date): Promise<void> {
  const { count } = await tx.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  if (count === 0) throw new Refusal("conflict", "This token is revoked already");
}

import { checkpointCovering } from "#lib/audit/checkpoints.ts";
import { storedTiles } from "#lib/audit/tiles.ts";
import { consistencyProof, inclusionProof } from "#lib/kernel/merkle-proof.ts";
import { hashesInTiles } from "#lib/kernel/merkle-tiles.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatPortableProof } from "#lib/kernel/tlog-proof.ts";
import type { Reader } from "#lib/platform/db.ts";

/** Hashes that lead from a leaf to the root of the tree of `size` leaves. @throws Refusal `invalid` outside the tree */
export function inclusionOf(db: Reader, index: number, size: number): Promise<readonly Uint8Array[]> {
  return inclusionProof(index, size, hashesInTiles(storedTiles(db)));
}

/** Hashes that show the log of `from` events to be the beginning of the log of `to`. @throws Refusal `invalid` */
export function consistencyOf(db: Reader, from: number, to: number): Promise<readonly Uint8Array[]> {
  return consistencyProof(from, to, hashesInTiles(storedTiles(db)));
}

/**
 * The proof that an event is in the log, to take away: C2SP tlog-proof with the event's canonical form inside.
 * @throws Refusal `not_found` for an unknown event, `conflict` while no checkpoint covers it yet
 */
export async function portableProofOf(db: Reader, eventId: bigint): Promise<string> {
  const [event, leaf] = await Promise.all([
    db.auditEvent.findUnique({ where: { id: eventId }, select: { canonical: true } }),
    db.auditLeaf.findUnique({ where: { eventId }, select: { leafIndex: true } }),
  ]);
  if (!event) throw new Refusal("not_found", `There is no audit event ${eventId}`);
  const index = leaf ? Number(leaf.leafIndex) : null;
  const checkpoint = index === null ? null : await checkpointCovering(db, index);
  if (index === null || checkpoint === null) {
    throw new Refusal("conflict", "No signed checkpoint covers this event yet; try again in half a minute");
  }
  const proof = await inclusionOf(db, index, checkpoint.size);
  return formatPortableProof({ entry: Buffer.from(event.canonical), index, proof, checkpoint: checkpoint.note });
}

import { z } from "zod";
import { storedTiles, takeTurn, treeHead } from "#lib/audit/tiles.ts";
import { formatCheckpoint } from "#lib/kernel/checkpoint.ts";
import { verifyConsistency } from "#lib/kernel/merkle.ts";
import { consistencyProof } from "#lib/kernel/merkle-proof.ts";
import { hashesInTiles } from "#lib/kernel/merkle-tiles.ts";
import { parseVerifierKey, signNote, verifierKeyOf } from "#lib/kernel/note.ts";
import type { Db, Reader, Tx } from "#lib/platform/db.ts";

/** Checkpoints are at least this many milliseconds apart. */
const interval = 10_000;
const keysSetting = "audit.keys";
const Keys = z.object({ vkeys: z.array(z.string()) });

export type SignedCheckpoint = {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string;
  readonly createdAt: Date;
};

/**
 * Signs the tree when it grew and the last checkpoint is 10 s old; answers the new checkpoint, or null. First it checks
 * that the tree still begins with what was signed last: throws, and signs nothing, when it does not.
 */
export async function signCheckpoint(db: Db, skey: string, now: Date): Promise<SignedCheckpoint | null> {
  return db.$transaction(async (tx) => {
    if (!(await takeTurn(tx, "checkpointer"))) return null;
    const [{ size, root }, last] = await Promise.all([treeHead(tx), lastCheckpoint(tx)]);
    if (size === 0 || size === last?.size) return null;
    if (last) {
      if (now.getTime() - last.createdAt.getTime() < interval) return null;
      await assertGrowth(tx, last, { size, root });
    }
    const vkey = verifierKeyOf(skey);
    const note = signNote(formatCheckpoint({ origin: parseVerifierKey(vkey).name, size, root }), skey);
    await rememberKey(tx, vkey);
    await tx.auditCheckpoint.create({
      data: { size: BigInt(size), root: new Uint8Array(root), note, createdAt: now },
      select: { size: true },
    });
    return { size, root, note, createdAt: now };
  });
}

type Head = { readonly size: number; readonly root: Uint8Array };

async function assertGrowth(tx: Tx, last: Head, head: Head): Promise<void> {
  const proof =
    last.size < head.size ? await consistencyProof(last.size, head.size, hashesInTiles(storedTiles(tx))) : [];
  const grew = verifyConsistency({ size1: last.size, root1: last.root, size2: head.size, root2: head.root, proof });
  if (grew) return;
  throw new Error(
    `The audit log of ${head.size} events does not begin with the ${last.size} that were signed last: nothing was signed. Check the whole log.`,
  );
}

/** The newest checkpoint; null before the first. */
export async function lastCheckpoint(db: Reader): Promise<SignedCheckpoint | null> {
  const found = await db.auditCheckpoint.findFirst({ orderBy: { size: "desc" } });
  return found && { ...found, size: Number(found.size) };
}

/** The first checkpoint that covers the leaf at this index; null while none does. */
export async function checkpointCovering(db: Reader, index: number): Promise<SignedCheckpoint | null> {
  const found = await db.auditCheckpoint.findFirst({
    where: { size: { gt: BigInt(index) } },
    orderBy: { size: "asc" },
  });
  return found && { ...found, size: Number(found.size) };
}

async function rememberKey(tx: Tx, vkey: string): Promise<void> {
  const known = await publicKeys(tx);
  if (known.includes(vkey)) return;
  const value = { vkeys: [...known, vkey] };
  await tx.setting.upsert({ where: { key: keysSetting }, create: { key: keysSetting, value }, update: { value } });
}

/** Public keys that have signed checkpoints of this log, the newest last. An auditor keeps a copy elsewhere. */
export async function publicKeys(db: Reader): Promise<readonly string[]> {
  const setting = await db.setting.findUnique({ where: { key: keysSetting } });
  return setting ? Keys.parse(setting.value).vkeys : [];
}

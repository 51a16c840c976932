import { storedTiles, takeTurn, treeHead } from "#lib/audit/tiles.ts";
import { appendAll, rootOfRange } from "#lib/kernel/merkle.ts";
import { readRange } from "#lib/kernel/merkle-proof.ts";
import { growTiles, hashesInTiles, type Tile } from "#lib/kernel/merkle-tiles.ts";
import type { Db, Tx } from "#lib/platform/db.ts";

/** Events that one transaction puts into the tree at most. */
export const largestBatch = 1_000;

/** Whether events wait to be sequenced. */
export async function hasPending(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ waiting: boolean }[]>`SELECT EXISTS (SELECT FROM audit_pending) AS waiting`;
  return rows[0]?.waiting === true;
}

/**
 * Takes up to `limit` pending events, in the order of their ids, into the Merkle tree: leaves without gaps, tiles, root,
 * and out of the queue, in one transaction. Answers how many it took; 0 when none wait or another process is at it.
 * A queue and not "ids beyond the last", because transactions commit out of order.
 */
export async function sequenceBatch(db: Db, limit: number = largestBatch): Promise<number> {
  return db.$transaction(
    async (tx) => {
      if (!(await takeTurn(tx, "sequencer"))) return 0;
      const pending = await tx.$queryRaw<{ event_id: bigint; leaf_hash: Uint8Array }[]>`
        SELECT p.event_id, e.leaf_hash FROM audit_pending p JOIN audit_event e ON e.id = p.event_id
        ORDER BY p.event_id LIMIT ${limit}`;
      if (pending.length === 0) return 0;
      await extendTree(
        tx,
        pending.map((one) => one.event_id),
        pending.map((one) => one.leaf_hash),
      );
      return pending.length;
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

/** Sequences until no event waits. Answers how many events it took. */
export async function sequenceAll(db: Db): Promise<number> {
  let total = 0;
  for (;;) {
    const taken = await sequenceBatch(db);
    if (taken === 0) return total;
    total += taken;
  }
}

async function extendTree(tx: Tx, ids: readonly bigint[], hashes: readonly Uint8Array[]): Promise<void> {
  const { size } = await treeHead(tx);
  const readTile = storedTiles(tx);
  const range = await readRange(size, hashesInTiles(readTile));
  const tiles = await growTiles(size, hashes, readTile);
  const root = rootOfRange(appendAll(range, hashes));
  await tx.$executeRaw`
    INSERT INTO audit_leaf (leaf_index, event_id, leaf_hash)
    SELECT ${BigInt(size)}::bigint + t.position - 1, t.event_id, e.leaf_hash
    FROM unnest(${ids}::bigint[]) WITH ORDINALITY AS t (event_id, position) JOIN audit_event e ON e.id = t.event_id`;
  await writeTiles(tx, tiles);
  await tx.$executeRaw`
    UPDATE audit_tree SET size = ${BigInt(size + ids.length)}, root = ${root}, updated_at = now() WHERE id = 1`;
  await tx.$executeRaw`DELETE FROM audit_pending WHERE event_id = ANY(${ids}::bigint[])`;
}

async function writeTiles(tx: Tx, tiles: readonly Tile[]): Promise<void> {
  const levels = tiles.map((tile) => tile.level);
  const numbers = tiles.map((tile) => BigInt(tile.tileNo));
  const hashes = tiles.map((tile) => Buffer.from(tile.hashes).toString("hex"));
  await tx.$executeRaw`
    INSERT INTO audit_tile (level, tile_no, width, hashes)
    SELECT t.level, t.tile_no, length(t.hashes) / 64, decode(t.hashes, 'hex')
    FROM unnest(${levels}::int[], ${numbers}::bigint[], ${hashes}::text[]) AS t (level, tile_no, hashes)
    ON CONFLICT (level, tile_no) DO UPDATE SET width = excluded.width, hashes = excluded.hashes`;
}

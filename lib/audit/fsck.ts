import { type EventColumns, eventFromColumns } from "#lib/audit/canonical.ts";
import { type Growth, grow, growthOf } from "#lib/audit/growth.ts";
import type { Misfit } from "#lib/audit/model.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { parseCheckpoint } from "#lib/kernel/checkpoint.ts";
import { hashLength, leafHash } from "#lib/kernel/merkle.ts";
import { tileWidth } from "#lib/kernel/merkle-tiles.ts";
import { verifyNote } from "#lib/kernel/note.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { Prisma } from "#lib/platform/prisma/client.ts";
import { inSnapshot, type Snapshot } from "#lib/platform/snapshot.ts";

/** Events between two looks at the rest of the process: a few milliseconds of hashing. */
const batchSize = 2 * tileWidth;

export type CheckProgress = { readonly checked: number; readonly size: number; readonly misfit: Misfit | null };

/**
 * Checks the whole log as it stands at one moment, from its first event on: every event against its columns, its hash,
 * its place and its tile; the tree, and every signed checkpoint. Yields after each batch; the last value is the result.
 * It stops at the first thing that does not fit. `vkeys`: the public keys that checkpoints may be signed with.
 */
export function checkLog(vkeys: readonly string[]): AsyncGenerator<CheckProgress, void, undefined> {
  return inSnapshot((snapshot) => check(snapshot, vkeys));
}

type LeafRow = { readonly leaf_index: string; readonly event_id: string; readonly leaf: Buffer } & (
  | ({ readonly id: string; readonly canonical: string; readonly leaf_hash: Buffer } & EventColumns)
  | { readonly id: null }
);
type CheckpointRow = { readonly size: string; readonly root: Buffer; readonly note: string };

async function* check(snapshot: Snapshot, vkeys: readonly string[]): AsyncGenerator<CheckProgress, void, undefined> {
  const [tree] = await snapshot.rows<{ size: string; root: Buffer }>(Prisma.sql`SELECT size, root FROM audit_tree`);
  const size = Number(tree?.size ?? 0);
  const checkpoints = await snapshot.rows<CheckpointRow>(
    Prisma.sql`SELECT size, root, note FROM audit_checkpoint ORDER BY size`,
  );
  const signed = new Map(checkpoints.map((one) => [Number(one.size), one]));
  const growth = growthOf();
  const leaves = Prisma.sql`
    SELECT l.leaf_index, l.event_id, l.leaf_hash AS leaf, e.*
    FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.leaf_index`;
  for await (const rows of snapshot.batches<LeafRow>(leaves, batchSize)) {
    const tiles = await tilesFor(snapshot, growth.range.size, rows.length);
    for (const row of rows) {
      const index = growth.range.size;
      const problem = problemOfLeaf(row, index) ?? problemOfTile(tiles, index, row.leaf);
      if (problem) return yield { checked: index, size, misfit: { index, eventId: row.event_id, problem } };
      grow(growth, row.leaf);
      const checkpoint = signed.get(index + 1);
      const misfit = checkpoint && misfitOfCheckpoint(checkpoint, growth.root(), vkeys);
      if (misfit) return yield { checked: index + 1, size, misfit };
    }
    yield { checked: growth.range.size, size, misfit: null };
  }
  const misfit =
    misfitOfEnd(growth, { size, root: tree?.root }, Number(checkpoints.at(-1)?.size ?? 0)) ??
    (await misfitOfUpperTiles(snapshot, growth)) ??
    (await misfitOutside(snapshot));
  yield { checked: growth.range.size, size, misfit };
}

function problemOfLeaf(row: LeafRow, index: number): string | null {
  if (Number(row.leaf_index) !== index) return `No event has the index ${index}; the next one is ${row.leaf_index}`;
  if (row.id === null) return `Event ${row.event_id} is in the tree, but it was deleted`;
  if (canonicalJson(eventFromColumns(row)) !== row.canonical) {
    return "Its columns say something else than its canonical form: one of them was edited";
  }
  const hash = leafHash(row.canonical);
  if (!hash.equals(row.leaf_hash)) return "Its hash is not the hash of its canonical form";
  return hash.equals(row.leaf) ? null : "The tree holds the hash of something else at this index";
}

/** Level 0 tiles of the leaves from `start` on, by number. */
async function tilesFor(snapshot: Snapshot, start: number, count: number): Promise<ReadonlyMap<number, Buffer>> {
  const [first, last] = [Math.floor(start / tileWidth), Math.floor((start + count - 1) / tileWidth)];
  const rows = await snapshot.rows<{ tile_no: string; hashes: Buffer }>(
    Prisma.sql`SELECT tile_no, hashes FROM audit_tile WHERE level = 0 AND tile_no BETWEEN ${first} AND ${last}`,
  );
  return new Map(rows.map((row) => [Number(row.tile_no), row.hashes]));
}

function problemOfTile(tiles: ReadonlyMap<number, Buffer>, index: number, leaf: Buffer): string | null {
  const tileNo = Math.floor(index / tileWidth);
  const at = (index % tileWidth) * hashLength;
  const stored = tiles.get(tileNo)?.subarray(at, at + hashLength);
  return stored?.equals(leaf) ? null : `Tile 0/${tileNo} of the tree holds another hash for it`;
}

function misfitOfCheckpoint(row: CheckpointRow, root: Buffer, vkeys: readonly string[]): Misfit | null {
  const misfit = (problem: string) => ({ index: Number(row.size) - 1, eventId: null, problem });
  try {
    const stated = parseCheckpoint(verifyNote(row.note, vkeys).text);
    if (stated.size !== Number(row.size) || !row.root.equals(stated.root)) {
      return misfit(`The checkpoint of ${row.size} events is filed under another size or root than it was signed for`);
    }
    if (root.equals(stated.root)) return null;
    return misfit(`The first ${row.size} events are not those that were signed: one of them was changed or replaced`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return misfit(`The checkpoint of ${row.size} events is not genuine: ${error.message}`);
  }
}

type StoredHead = { readonly size: number; readonly root: Buffer | undefined };

function misfitOfEnd(growth: Growth, head: StoredHead, signed: number): Misfit | null {
  const count = growth.range.size;
  if (count < signed) {
    const problem = `A checkpoint was signed for ${signed} events, but the log ends after ${count}: the end was cut off`;
    return { index: count, eventId: null, problem };
  }
  if (count !== head.size) {
    const problem = `The tree says that it has ${head.size} events, but there are ${count}`;
    return { index: Math.min(count, head.size), eventId: null, problem };
  }
  if (head.root && growth.root().equals(head.root)) return null;
  return { index: null, eventId: null, problem: "The stored root is not the root of the events" };
}

async function misfitOfUpperTiles(snapshot: Snapshot, growth: Growth): Promise<Misfit | null> {
  const rows = await snapshot.rows<{ level: number; tile_no: string; width: number; hashes: Buffer }>(
    Prisma.sql`SELECT level, tile_no, width, hashes FROM audit_tile WHERE level > 0 ORDER BY level, tile_no`,
  );
  const stored = new Map(rows.map((row) => [`${row.level}/${row.tile_no}`, row.hashes]));
  for (const [name, hashes] of growth.upperTiles()) {
    if (!stored.get(name)?.equals(hashes)) {
      return { index: null, eventId: null, problem: `Tile ${name} of the tree is not what the events give` };
    }
    stored.delete(name);
  }
  const [extra] = stored.keys();
  return extra === undefined ? null : { index: null, eventId: null, problem: `Tile ${extra} belongs to no events` };
}

/** Events that are neither in the tree nor waiting for it, and places in the queue without an event. */
async function misfitOutside(snapshot: Snapshot): Promise<Misfit | null> {
  const [stray] = await snapshot.rows<{ id: string }>(Prisma.sql`
    SELECT e.id FROM audit_event e
    WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)
      AND NOT EXISTS (SELECT FROM audit_pending p WHERE p.event_id = e.id) ORDER BY e.id LIMIT 1`);
  if (stray) {
    const problem = "It is in the table of events, but was never queued for the tree: it was slipped in";
    return { index: null, eventId: stray.id, problem };
  }
  const [lost] = await snapshot.rows<{ event_id: string }>(Prisma.sql`
    SELECT p.event_id FROM audit_pending p
    WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.id = p.event_id) ORDER BY p.event_id LIMIT 1`);
  return lost ? { index: null, eventId: lost.event_id, problem: "It waits for the tree, but was deleted" } : null;
}

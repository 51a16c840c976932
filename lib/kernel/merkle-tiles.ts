import { hashLength, rootOf } from "./merkle.ts";
import type { HashReader } from "./merkle-proof.ts";

/** Hashes in a full tile, and levels of the tree that one tile spans (C2SP tlog-tiles). */
export const tileWidth = 256;
const tileHeight = 8;

/**
 * A row of up to 256 neighbouring nodes of the tree, 32 bytes each: at `level` L they are roots of complete subtrees of
 * 256ᴸ leaves, the first of them number `tileNo` · 256.
 */
export type Tile = { readonly level: number; readonly tileNo: number; readonly hashes: Uint8Array };

/** Reads a tile's hashes as stored; `undefined` when nothing is stored there yet. */
export type TileReader = (level: number, tileNo: number) => Promise<Uint8Array | undefined>;

/**
 * Reads nodes of the tree out of its tiles, computing those between two rows of tiles. Each tile is read once in the
 * reader's life, so make one for each request. Throws when a tile or a part of it is missing: the log is damaged.
 */
export function hashesInTiles(readTile: TileReader): HashReader {
  const tiles = new Map<string, Promise<Uint8Array | undefined>>();
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const tileNo = Math.floor((index * count) / tileWidth);
    const name = `${tileLevel}/${tileNo}`;
    const reading = tiles.get(name) ?? readTile(tileLevel, tileNo);
    tiles.set(name, reading);
    const tile = await reading;
    const from = (index * count) % tileWidth;
    const hashes = hashesOf(tile ?? new Uint8Array()).slice(from, from + count);
    if (hashes.length < count)
      throw new Error(`The audit log's tile ${name} has no hashes ${from} to ${from + count - 1}`);
    return rootOf(hashes);
  };
}

/**
 * The tiles that change when a tree of `size` leaves grows by these: each with all its hashes, lowest level first. A
 * tile that becomes full puts its root into the row above. Throws when a growing tile is not as long as `size` says.
 */
export async function growTiles(
  size: number,
  leafHashes: readonly Uint8Array[],
  readTile: TileReader,
): Promise<readonly Tile[]> {
  const grown: Tile[] = [];
  let [level, start, added] = [0, size, leafHashes];
  while (added.length > 0) {
    const first = Math.floor(start / tileWidth);
    const begun = start % tileWidth;
    const stored = hashesOf(begun > 0 ? ((await readTile(level, first)) ?? new Uint8Array()) : new Uint8Array());
    if (stored.length !== begun) {
      throw new Error(`The audit log's tile ${level}/${first} has ${stored.length} hashes instead of ${begun}`);
    }
    const row = [...stored, ...added];
    const roots: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += tileWidth) {
      const hashes = row.slice(at, at + tileWidth);
      grown.push({ level, tileNo: first + at / tileWidth, hashes: Buffer.concat(hashes) });
      if (hashes.length === tileWidth) roots.push(rootOf(hashes));
    }
    [level, start, added] = [level + 1, first, roots];
  }
  return grown;
}

function hashesOf(tile: Uint8Array): readonly Uint8Array[] {
  const count = Math.floor(tile.length / hashLength);
  return Array.from({ length: count }, (_, i) => tile.subarray(i * hashLength, (i + 1) * hashLength));
}

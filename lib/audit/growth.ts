import { appendAll, type CompactRange, emptyRange, hashLength, rootOf, rootOfRange } from "#lib/kernel/merkle.ts";
import { tileWidth } from "#lib/kernel/merkle-tiles.ts";

/** A tree that grows leaf by leaf while a log is checked. Memory: 32 bytes for each 256 leaves. */
export type Growth = {
  range: CompactRange;
  /** Leaves of the tile that is not yet full. */
  tile: Uint8Array[];
  /** Roots of the full level 0 tiles. */
  readonly tileRoots: Uint8Array[];
  readonly root: () => Buffer;
  /** Name (level/number) and hashes of every tile above level 0. */
  readonly upperTiles: () => readonly (readonly [string, Buffer])[];
};

export function growthOf(): Growth {
  const growth: Growth = {
    range: emptyRange,
    tile: [],
    tileRoots: [],
    root: () => rootOfRange(growth.range),
    upperTiles: () => upperTiles(growth.tileRoots),
  };
  return growth;
}

export function grow(growth: Growth, leaf: Uint8Array): void {
  growth.range = appendAll(growth.range, [leaf]);
  growth.tile.push(leaf);
  if (growth.tile.length < tileWidth) return;
  growth.tileRoots.push(rootOf(growth.tile));
  growth.tile = [];
}

function upperTiles(tileRoots: readonly Uint8Array[]): readonly (readonly [string, Buffer])[] {
  const tiles: (readonly [string, Buffer])[] = [];
  let row = tileRoots;
  for (let level = 1; row.length > 0; level++) {
    const roots: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += tileWidth) {
      const hashes = row.slice(at, at + tileWidth);
      tiles.push([`${level}/${at / tileWidth}`, Buffer.concat(hashes, hashes.length * hashLength)]);
      if (hashes.length === tileWidth) roots.push(rootOf(hashes));
    }
    row = roots;
  }
  return tiles;
}

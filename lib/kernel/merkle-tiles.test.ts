import fc from "fast-check";
import { expect, test } from "vitest";
import { hashLength, leafHash, rootOf, rootOfRange, verifyConsistency, verifyInclusion } from "./merkle.ts";
import { consistencyProof, inclusionProof, readRange } from "./merkle-proof.ts";
import { growTiles, hashesInTiles, type TileReader, tileWidth } from "./merkle-tiles.ts";

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(`event ${i}`));

/** Tiles as a database would keep them, and how often they were read. */
function aTileStore() {
  const tiles = new Map<string, Uint8Array>();
  const reads: string[] = [];
  const readTile: TileReader = async (level, tileNo) => {
    reads.push(`${level}/${tileNo}`);
    return tiles.get(`${level}/${tileNo}`);
  };
  const append = async (size: number, more: readonly Uint8Array[]) => {
    const grown = await growTiles(size, more, readTile);
    for (const tile of grown) tiles.set(`${tile.level}/${tile.tileNo}`, tile.hashes);
    return grown;
  };
  return { tiles, reads, readTile, append };
}

test("tiles hold the leaves, and a full tile's root stands in the row above", async () => {
  const store = aTileStore();
  await store.append(0, leaves);
  expect(store.tiles.size).toBe(274 + 2 + 1);
  expect(store.tiles.get("0/273")?.length).toBe((70_000 - 273 * tileWidth) * hashLength);
  expect(store.tiles.get("1/0")?.length).toBe(tileWidth * hashLength);
  expect(store.tiles.get("1/0")?.subarray(0, hashLength)).toEqual(rootOf(leaves.slice(0, tileWidth)));
  expect(store.tiles.get("2/0")).toEqual(rootOf(leaves.slice(0, tileWidth ** 2)));
});

test("growing in batches gives the same tiles as growing at once, and rewrites only what grew", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(700), { maxLength: 6 }), async (batches) => {
      const [store, whole] = [aTileStore(), aTileStore()];
      let size = 0;
      for (const batch of batches) {
        const grown = await store.append(size, leaves.slice(size, size + batch));
        expect(grown.every((tile) => (tile.tileNo + 1) * tileWidth ** (tile.level + 1) > size)).toBe(true);
        size += batch;
      }
      await whole.append(0, leaves.slice(0, size));
      expect([...store.tiles].sort()).toEqual([...whole.tiles].sort());
    }),
    { numRuns: 20 },
  );
});

test("roots and proofs come out of the tiles, with few reads", async () => {
  const store = aTileStore();
  await store.append(0, leaves);
  const reader = () => hashesInTiles(store.readTile);
  for (const size of [1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 70_000]) {
    const root = rootOf(leaves.slice(0, size));
    expect(rootOfRange(await readRange(size, reader()))).toEqual(root);
    for (const index of [0, Math.floor(size / 2), size - 1]) {
      store.reads.length = 0;
      const proof = await inclusionProof(index, size, reader());
      expect(new Set(store.reads).size).toBe(store.reads.length);
      expect(store.reads.length).toBeLessThanOrEqual(6);
      expect(verifyInclusion({ index, size, leaf: leaves[index] ?? root, proof, root })).toBe(true);
    }
    const size2 = 70_000;
    const proof = await consistencyProof(size, size2, reader());
    expect(verifyConsistency({ size1: size, root1: root, size2, root2: rootOf(leaves), proof })).toBe(true);
  }
});

test("a tile that is missing or cut short is noticed", async () => {
  const store = aTileStore();
  await store.append(0, leaves.slice(0, 300));
  store.tiles.set("0/1", (store.tiles.get("0/1") ?? Buffer.of()).subarray(hashLength));
  await expect(store.append(300, leaves.slice(300, 301))).rejects.toThrow(/tile 0\/1 has 43 hashes instead of 44/);
  await expect(inclusionProof(298, 300, hashesInTiles(store.readTile))).rejects.toThrow(/tile 0\/1 has no hashes/);
  store.tiles.delete("0/0");
  await expect(inclusionProof(0, 256, hashesInTiles(store.readTile))).rejects.toThrow(/tile 0\/0 has no hashes/);
});

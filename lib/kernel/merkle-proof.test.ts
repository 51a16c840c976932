import { describe, expect, test } from "vitest";
import {
  type Consistency,
  emptyRoot,
  type Inclusion,
  leafHash,
  nodeHash,
  rootOf,
  rootOfRange,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts";
import { consistencyProof, type HashReader, inclusionProof, readRange } from "./merkle-proof.ts";
import { Refusal } from "./refusal.ts";
import { flipped, hex, knownLeaves, largest, leaves, mutationsOf, readerOver, rootAt, sizes } from "./testing/trees.ts";

describe("known proofs", () => {
  const reader = readerOver(knownLeaves);
  test.each([
    [0, 1, []],
    [
      0,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      5,
      8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
  ])("that leaf %i is in a tree of %i", async (index, size, expected) => {
    expect((await inclusionProof(index, size, reader)).map(hex)).toEqual(expected);
  });

  test.each([
    [1, 1, []],
    [
      1,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      6,
      8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [
      2,
      5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("that a tree of %i begins a tree of %i", async (size1, size2, expected) => {
    expect((await consistencyProof(size1, size2, reader)).map(hex)).toEqual(expected);
  });
});

describe("inclusion", () => {
  test(`holds for every leaf of every tree up to ${largest}, and for nothing else`, async () => {
    const reader = readerOver(leaves);
    for (const size of sizes) {
      const root = rootAt(size);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, reader);
        const leaf = leaves[index] ?? emptyRoot();
        const claim: Inclusion = { index, size, leaf, proof, root };
        expect(verifyInclusion(claim), `${index} of ${size}`).toBe(true);
        const lies: readonly Inclusion[] = [
          { ...claim, index: index + 1 },
          { ...claim, index: index - 1 },
          { ...claim, index: index + size },
          { ...claim, leaf: flipped(leaf) },
          { ...claim, leaf: leaf.subarray(1) },
          { ...claim, root: flipped(root) },
          { ...claim, root: emptyRoot() },
          ...(size > 1 ? [{ ...claim, root: leaf, leaf: root }] : []),
          ...mutationsOf(proof).map((mutated) => ({ ...claim, proof: mutated })),
        ];
        expect(lies.filter(verifyInclusion), `${index} of ${size}`).toEqual([]);
      }
    }
  });

  test("of a leaf does not hold at another size with another shape", async () => {
    const reader = readerOver(leaves);
    for (const size of sizes.slice(1)) {
      const proof = await inclusionProof(size - 1, size, reader);
      const claim = { index: size - 1, leaf: leaves[size - 1] ?? emptyRoot(), proof, root: rootAt(size) };
      expect(verifyInclusion({ ...claim, size: size * 2 + 1 })).toBe(false);
      expect(verifyInclusion({ ...claim, size: size - 1 })).toBe(false);
    }
  });

  test.each([
    [0, 0],
    [3, 3],
    [-1, 3],
    [0.5, 3],
    [0, Number.POSITIVE_INFINITY],
  ])("there is no proof of leaf %d in a tree of %d", (index, size) => {
    expect(() => inclusionProof(index, size, readerOver(leaves))).toThrow(Refusal);
    expect(verifyInclusion({ index, size, leaf: emptyRoot(), proof: [], root: emptyRoot() })).toBe(false);
  });
});

describe("consistency", () => {
  test(`holds between all trees up to ${largest}, and for nothing else`, async () => {
    const reader = readerOver(leaves);
    for (const size2 of sizes) {
      const root2 = rootAt(size2);
      for (let size1 = 1; size1 <= size2; size1++) {
        const root1 = rootAt(size1);
        const proof = await consistencyProof(size1, size2, reader);
        const claim: Consistency = { size1, root1, size2, root2, proof };
        expect(verifyConsistency(claim), `${size1} to ${size2}`).toBe(true);
        const lies: readonly Consistency[] = [
          { ...claim, root1: flipped(root1) },
          { ...claim, root2: flipped(root2) },
          { ...claim, root1: root1.subarray(1) },
          { ...claim, size1: 0 },
          { ...claim, size1: 0, root1: emptyRoot(), proof: [] },
          { ...claim, size2: size1 - 1 },
          ...(size1 < size2 ? [{ ...claim, root1: root2, root2: root1 }] : []),
          ...(size1 < size2 ? [{ ...claim, size1: size2, size2: size1 }] : []),
          ...mutationsOf(proof).map((mutated) => ({ ...claim, proof: mutated })),
        ];
        expect(lies.filter(verifyConsistency), `${size1} to ${size2}`).toEqual([]);
      }
    }
  });

  test("fails when an older leaf was changed, removed or moved", async () => {
    const [a, b, ...rest] = leaves;
    if (!a || !b) throw new Error("There are leaves");
    for (const history of [
      [flipped(a), b, ...rest],
      [b, ...rest],
      [b, a, ...rest],
    ]) {
      for (const size1 of [2, 3, 5, 8, 31, 64]) {
        const proof = await consistencyProof(size1, 69, readerOver(history));
        const root2 = rootOf(history.slice(0, 69));
        expect(verifyConsistency({ size1, root1: rootAt(size1), size2: 69, root2, proof })).toBe(false);
      }
    }
  });

  test.each([
    [0, 3],
    [4, 3],
    [-1, 3],
    [1.5, 3],
  ])("there is no proof from %d to %d leaves", (size1, size2) => {
    expect(() => consistencyProof(size1, size2, readerOver(leaves))).toThrow(Refusal);
  });
});

test("proofs of trees past 2^32 leaves are made and checked as well", async () => {
  // A log of equal leaves: a complete subtree's root depends on its level alone.
  const levels = [leafHash("same")];
  for (let level = 1; level <= 40; level++) {
    const below = levels[level - 1] ?? emptyRoot();
    levels.push(nodeHash(below, below));
  }
  const reader: HashReader = (level) => levels[level] ?? emptyRoot();
  const [size1, size2] = [2 ** 33 + 5, 2 ** 36 + 3];
  const rootOfSize = async (size: number) => rootOfRange(await readRange(size, reader));
  const [root1, root2] = [await rootOfSize(size1), await rootOfSize(size2)];
  const index = 2 ** 35 + 7;
  const inclusion = await inclusionProof(index, size2, reader);
  expect(verifyInclusion({ index, size: size2, leaf: leafHash("same"), proof: inclusion, root: root2 })).toBe(true);
  const consistency = await consistencyProof(size1, size2, reader);
  expect(verifyConsistency({ size1, root1, size2, root2, proof: consistency })).toBe(true);
});

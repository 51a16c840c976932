import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendAll,
  appendToRange,
  type CompactRange,
  type Consistency,
  emptyRange,
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

const hex = (hash: Uint8Array) => Buffer.from(hash).toString("hex");
const bytes = (text: string) => Buffer.from(text, "hex");

// The leaves and roots with which Certificate Transparency's logs have been tested since RFC 6962.
const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const vectorLeaves = entries.map((entry) => leafHash(bytes(entry)));

/** The tree's definition as RFC 9162 §2.1.1 states it, slow and plain. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return emptyRoot();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** Reads complete subtrees straight from the leaves, and refuses to read outside them. */
function readerOver(leaves: readonly Uint8Array[]): HashReader {
  return (level, index) => {
    const span = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
    if (span.length !== 2 ** level) throw new Error(`Node ${level}/${index} is not complete`);
    return rootByDefinition(span);
  };
}

const largest = 70;
const leaves = Array.from({ length: largest }, (_, i) => leafHash(`event ${i}`));
const sizes = Array.from({ length: largest }, (_, i) => i + 1);
const rootAt = (size: number) => rootOf(leaves.slice(0, size));

describe("hashes", () => {
  test.each([
    ["the empty tree", emptyRoot(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["an empty leaf", leafHash(""), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    ["a leaf", leafHash("L123456"), "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"],
    [
      "a node",
      nodeHash(Buffer.from("N123"), Buffer.from("N456")),
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    ],
  ])("%s", (_, hash, expected) => {
    expect(hex(hash)).toBe(expected);
  });

  test.each(roots.map((root, size) => [size, root]))("the root of the first %i known leaves", (size, root) => {
    expect(hex(rootOf(vectorLeaves.slice(0, Number(size))))).toBe(root);
  });
});

describe("growing", () => {
  test("leaf by leaf gives the root by definition, with one hash for each 1 in the size", () => {
    let range: CompactRange = emptyRange;
    for (const [index, leaf] of leaves.entries()) {
      range = appendToRange(range, leaf);
      expect(hex(rootOfRange(range))).toBe(hex(rootByDefinition(leaves.slice(0, index + 1))));
      expect(range.hashes).toHaveLength((index + 1).toString(2).replaceAll("0", "").length);
    }
  });

  test("in batches of any size gives the same root, and from a range read back as well", async () => {
    const reader = readerOver(leaves);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(12), { maxLength: 12 }), async (batches) => {
        let range: CompactRange = emptyRange;
        for (const batch of batches) {
          const more = leaves.slice(range.size, range.size + batch);
          range = appendAll(await readRange(range.size, reader), more);
        }
        expect(hex(rootOfRange(range))).toBe(hex(rootAt(range.size)));
      }),
    );
  });

  test("a range that cannot be is a bug, and said to be one", () => {
    expect(() => appendToRange({ size: 3, hashes: [] }, leafHash(""))).toThrow(/cannot have 0 hashes/);
  });
});

describe("known proofs", () => {
  const reader = readerOver(vectorLeaves);
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

/** Every proof of a kind that ought to fail because one thing about it was changed. */
function mutationsOf(proof: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const junk = leafHash("junk");
  return [
    [...proof, junk],
    [junk, ...proof],
    [...proof, new Uint8Array()],
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), [...proof, ...proof]] : []),
    ...proof.flatMap((hash, i) => [proof.with(i, flipped(hash)), proof.with(i, hash.subarray(1)), proof.with(i, junk)]),
  ];
}

function flipped(hash: Uint8Array): Uint8Array {
  const copy = Buffer.from(hash);
  copy[hash.length - 1] = (copy[hash.length - 1] ?? 0) ^ 1;
  return copy;
}

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

import { createHash } from "node:crypto";
import { Refusal } from "./refusal.ts";

/** SHA-256 hashes are 32 bytes. */
export const hashLength = 32;

const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

/** The hash of one entry: SHA-256 of 0x00 and the entry (RFC 9162 §2.1.1). A string is hashed as UTF-8. */
export function leafHash(entry: Uint8Array | string): Buffer {
  return createHash("sha256").update(leafPrefix).update(entry).digest();
}

/** The hash of an inner node: SHA-256 of 0x01, the left and the right hash (RFC 9162 §2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(nodePrefix).update(left).update(right).digest();
}

/** The root of the empty tree: SHA-256 of nothing (RFC 9162 §2.1.1). */
export function emptyRoot(): Buffer {
  return createHash("sha256").digest();
}

/** The root of the tree over these leaf hashes (RFC 9162 §2.1.1). Also the hash of a full tile. */
export function rootOf(leafHashes: readonly Uint8Array[]): Buffer {
  return rootOfRange(appendAll(emptyRange, leafHashes));
}

/**
 * A tree of `size` leaves, as the roots of the largest complete subtrees that it is made of, left to right: one for
 * each 1 in the binary spelling of `size`. What a log must remember to grow: 8 hashes at 10 million leaves.
 */
export type CompactRange = { readonly size: number; readonly hashes: readonly Uint8Array[] };

export const emptyRange: CompactRange = { size: 0, hashes: [] };

/** The range with one leaf more. Two subtrees of one size become one of twice that size. */
export function appendToRange(range: CompactRange, leaf: Uint8Array): CompactRange {
  return appendAll(range, [leaf]);
}

/** The range with these leaves more, in their order. */
export function appendAll(range: CompactRange, leafHashes: readonly Uint8Array[]): CompactRange {
  const hashes = [...range.hashes];
  let size = range.size;
  for (const leaf of leafHashes) {
    let merged = leaf;
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = hashes.pop();
      if (!left) throw new Error(`A compact range of size ${range.size} cannot have ${range.hashes.length} hashes`);
      merged = nodeHash(left, merged);
    }
    hashes.push(merged);
    size += 1;
  }
  return { size, hashes };
}

/** The root of the tree that the range stands for. */
export function rootOfRange(range: CompactRange): Buffer {
  return foldRight(range.hashes) ?? emptyRoot();
}

/** Hashes the roots of neighbouring subtrees together from the right, the smallest first. `undefined` for none. */
export function foldRight(hashes: readonly Uint8Array[]): Buffer | undefined {
  const last = hashes.at(-1);
  if (!last) return undefined;
  return hashes.slice(0, -1).reduceRight((right: Buffer, left) => nodeHash(left, right), Buffer.from(last));
}

export type Inclusion = {
  /** Position of the leaf, from 0. */
  readonly index: number;
  /** Number of leaves in the tree. */
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

/** Whether the proof shows that the leaf is at `index` in the tree with this size and root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let [first, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(first) || first === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [first, last] = [half(first), half(last)];
  }
  return last === 0 && same(hash, root);
}

export type Consistency = {
  /** The older tree. */
  readonly size1: number;
  readonly root1: Uint8Array;
  /** The newer tree. */
  readonly size2: number;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/**
 * Whether the proof shows that the newer tree begins with the leaves of the older (RFC 9162 §2.1.4.2). Nothing is ever
 * shown about an empty older tree: the answer is no. Trees of one size need equal roots and an empty proof.
 */
export function verifyConsistency({ size1, root1, size2, root2, proof }: Consistency): boolean {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false;
  if (![root1, root2, ...proof].every(isHash)) return false;
  if (size1 === size2) return proof.length === 0 && same(root1, root2);
  if (proof.length === 0) return false;
  let [first, last] = [size1 - 1, size2 - 1];
  while (isOdd(first)) [first, last] = [half(first), half(last)];
  // first is now 0 exactly when size1 is a power of two: the older root is then a node of the newer tree itself.
  const [start, ...rest] = first === 0 ? [root1, ...proof] : proof;
  if (!start) return false;
  let [older, newer] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(first) || first === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [first, last] = [half(first), half(last)];
  }
  return last === 0 && same(older, root1) && same(newer, root2);
}

/** Throws `Refusal` "invalid" unless both are sizes of a tree and `0 < inner <= outer`. */
export function assertWithin(inner: number, outer: number): void {
  if (!isCount(inner) || !isCount(outer) || inner === 0 || inner > outer) {
    throw new Refusal("invalid", `A tree of ${outer} leaves has no proof for ${inner}: it must be from 1 to ${outer}`);
  }
}

// Sizes pass 2^32, where the bit operators of the language stop.
function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(value: Uint8Array): boolean {
  return value.length === hashLength;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

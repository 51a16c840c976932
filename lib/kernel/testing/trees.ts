import { emptyRoot, leafHash, nodeHash, rootOf } from "../merkle.ts";
import type { HashReader } from "../merkle-proof.ts";

export function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString("hex");
}

// The leaves and roots with which Certificate Transparency's logs have been tested since RFC 6962.
const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
export const knownRoots = [
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
export const knownLeaves = entries.map((entry) => leafHash(Buffer.from(entry, "hex")));

/** The tree's definition as RFC 9162 §2.1.1 states it, slow and plain. */
export function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return emptyRoot();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

/** Reads complete subtrees straight from the leaves, and refuses to read outside them. */
export function readerOver(leaves: readonly Uint8Array[]): HashReader {
  return (level, index) => {
    const span = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
    if (span.length !== 2 ** level) throw new Error(`Node ${level}/${index} is not complete`);
    return rootByDefinition(span);
  };
}

/** The sweeps go over every tree up to this size. */
export const largest = 70;
export const leaves = Array.from({ length: largest }, (_, i) => leafHash(`event ${i}`));
export const sizes = Array.from({ length: largest }, (_, i) => i + 1);

/** The root of the tree of the first `size` leaves. */
export function rootAt(size: number): Uint8Array {
  return rootOf(leaves.slice(0, size));
}

/** Proofs that ought to fail, because one thing about the right one was changed. */
export function mutationsOf(proof: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const junk = leafHash("junk");
  return [
    [...proof, junk],
    [junk, ...proof],
    [...proof, new Uint8Array()],
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1), [...proof, ...proof]] : []),
    ...proof.flatMap((hash, i) => [proof.with(i, flipped(hash)), proof.with(i, hash.subarray(1)), proof.with(i, junk)]),
  ];
}

/** The hash with its last bit turned. */
export function flipped(hash: Uint8Array): Uint8Array {
  const copy = Buffer.from(hash);
  copy[hash.length - 1] = (copy[hash.length - 1] ?? 0) ^ 1;
  return copy;
}

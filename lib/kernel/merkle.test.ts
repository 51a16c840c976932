import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendAll,
  appendToRange,
  type CompactRange,
  emptyRange,
  emptyRoot,
  leafHash,
  nodeHash,
  rootOf,
  rootOfRange,
} from "./merkle.ts";
import { readRange } from "./merkle-proof.ts";
import { hex, knownLeaves, knownRoots, leaves, readerOver, rootAt, rootByDefinition } from "./testing/trees.ts";

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

  test.each(knownRoots.map((root, size) => [size, root]))("the root of the first %i known leaves", (size, root) => {
    expect(hex(rootOf(knownLeaves.slice(0, Number(size))))).toBe(root);
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

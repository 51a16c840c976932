import fc from "fast-check";
import { expect, test } from "vitest";
import { type Split, variantFor, variantsOf } from "./assign.ts";

const split = (of: Partial<Split> = {}): Split => ({
  name: "assistant/experiments/answers",
  share: 1,
  variants: ["a", "b", "c"].map((name) => ({ name, weight: 1, value: name })),
  ...of,
});

const many = Array.from({ length: 10_000 }, (_, index) => `person-${index}`);

/** How many of those who ask get each variant; "" for those who take no part. */
function sharesOf(one: Split, keys = many): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const name = variantFor(one, key)?.name ?? "";
    counts[name] = (counts[name] ?? 0) + 1 / keys.length;
  }
  return counts;
}

/** Five standard deviations of a share of this many keys: wrong by chance once in two million. */
const spread = (share: number) => 5 * Math.sqrt((share * (1 - share)) / many.length) + 1e-9;

test("whoever asks again gets the same variant", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), (key, weights) => {
      const variants = weights.map((weight, index) => ({ name: `v${index}`, weight, value: index }));
      const one = split({ variants });
      expect(variantFor(one, key)).toBe(variantFor(one, key));
      expect(variantFor(one, key)?.weight).not.toBe(0);
    }),
  );
});

test("variants are given out as their weights say, whatever the keys look like", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 }).filter((all) => all.some(Boolean)),
      fc.string({ maxLength: 5 }),
      fc.string({ maxLength: 5 }),
      (weights, name, prefix) => {
        const variants = weights.map((weight, index) => ({ name: `v${index}`, weight, value: index }));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const shares = sharesOf(
          split({ name, variants }),
          many.map((key) => prefix + key),
        );
        for (const { name, weight } of variants) {
          const expected = weight / total;
          expect(Math.abs((shares[name] ?? 0) - expected)).toBeLessThanOrEqual(spread(expected));
        }
      },
    ),
    { numRuns: 8 },
  );
});

test("as many take part as the share says, and a greater share moves nobody to another variant", () => {
  for (const share of [0, 0.1, 0.5, 1]) {
    expect(Math.abs((sharesOf(split({ share }))[""] ?? 0) - (1 - share))).toBeLessThanOrEqual(spread(share));
  }
  for (const key of many.slice(0, 2_000)) {
    const before = variantFor(split({ share: 0.2 }), key);
    if (before) expect(variantFor(split({ share: 0.6 }), key)?.name).toBe(before.name);
  }
});

test("two experiments do not know of each other", () => {
  const both = many.filter((key) => variantFor(split({ name: "one" }), key)?.name === "a");
  const shares = sharesOf(split({ name: "two" }), both);
  for (const name of ["a", "b", "c"]) expect(shares[name]).toBeCloseTo(1 / 3, 1);
});

test.each([
  [
    "text describes an arm: programs get its name",
    { control: "As it is", short: "Shorter" },
    undefined,
    [
      ["control", 1, "control"],
      ["short", 1, "short"],
    ],
  ],
  [
    "a mapping may name weight and value",
    { a: { weight: 9, value: 0.2 }, b: { value: { k: 4 } } },
    undefined,
    [
      ["a", 9, 0.2],
      ["b", 1, { k: 4 }],
    ],
  ],
  [
    "anything else is the value itself, in the order of the names",
    { z: true, b: 3 },
    undefined,
    [
      ["b", 1, 3],
      ["z", 1, true],
    ],
  ],
  [
    "weights may stand beside the arms",
    { a: 1, b: 2 },
    { a: 3, b: 0 },
    [
      ["a", 3, 1],
      ["b", 0, 2],
    ],
  ],
  [
    "a weight that is none counts for nothing",
    { a: { weight: -1, value: 1 }, b: { weight: "much", value: 2 } },
    undefined,
    [
      ["a", 0, 1],
      ["b", 0, 2],
    ],
  ],
])("%s", (_, variants, weights, expected) => {
  const found = variantsOf({ variants, ...(weights && { weights }) });
  expect(found.map(({ name, weight, value }) => [name, weight, value])).toEqual(expected);
});

test("an experiment without arms gives nobody a variant", () => {
  expect(variantsOf({ variants: ["a"] })).toEqual([]);
  expect(variantFor(split({ variants: [] }), "ada")).toBeNull();
});

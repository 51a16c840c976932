import { expect, test } from "vitest";
import { groupCommit } from "./group-commit.ts";

type Written = number[][];

function grouping(
  more: {
    readonly bad?: readonly number[];
    readonly isOfAnItem?: boolean;
    readonly most?: number;
    readonly heaviest?: number;
  } = {},
) {
  const written: Written = [];
  const attempts: Written = [];
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const put = groupCommit<number, string>({
    write: async (items) => {
      attempts.push([...items]);
      await gate;
      if (items.some((item) => more.bad?.includes(item))) throw new Error(`cannot write ${items.join(", ")}`);
      written.push([...items]);
      return items.map((item) => `wrote ${item}`);
    },
    isOfAnItem: () => more.isOfAnItem ?? true,
    weightOf: (item) => (item >= 100 ? item : 1),
    heaviest: 10,
    mostWaiting: more.most ?? 1_000,
    heaviestWaiting: more.heaviest ?? 1_000,
  });
  return { put, written, attempts, release };
}

const settled = (all: readonly Promise<string>[]) =>
  Promise.allSettled(all).then((results) =>
    results.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason.message))),
  );

test("the first is written alone and at once; what comes meanwhile goes together, in order", async () => {
  const { put, attempts, written, release } = grouping();
  const all = [1, 2, 3].map(put);
  expect(attempts).toEqual([[1]]);
  release();
  expect(await settled(all)).toEqual(["wrote 1", "wrote 2", "wrote 3"]);
  expect(written).toEqual([[1], [2, 3]]);
});

test("a group is no heavier than allowed, and what is heavier goes alone", async () => {
  const { put, written, release } = grouping();
  const all = [0, ...Array.from({ length: 12 }, (_, index) => index + 1), 100, 13].map(put);
  release();
  await settled(all);
  expect(written).toEqual([[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12], [100], [13]]);
});

test("a bad item fails alone", async () => {
  const { put, release } = grouping({ bad: [4] });
  const all = [1, 2, 3, 4, 5, 6].map(put);
  release();
  expect(await settled(all)).toEqual(["wrote 1", "wrote 2", "wrote 3", "cannot write 4", "wrote 5", "wrote 6"]);
});

test("an outage is not tried again item by item, and the next group is", async () => {
  const { put, attempts, release } = grouping({ bad: [2], isOfAnItem: false });
  const all = [1, 2, 3].map(put);
  release();
  expect(await settled(all)).toEqual(["wrote 1", "cannot write 2, 3", "cannot write 2, 3"]);
  expect(attempts).toEqual([[1], [2, 3]]);
  expect(await put(4)).toBe("wrote 4");
});

test("when too many wait, the next is told to come back", async () => {
  const { put, release } = grouping({ most: 2 });
  const all = [1, 2, 3, 4].map(put);
  release();
  expect(await settled(all)).toEqual([
    "wrote 1",
    "wrote 2",
    "wrote 3",
    "Too much waits to be written; try again in a few seconds",
  ]);
});

test("when what waits is too heavy, the next is told to come back, until it is lighter", async () => {
  const { put, release } = grouping({ heaviest: 150 });
  const all = [1, 100, 200, 2].map(put);
  release();
  expect(await settled(all)).toEqual([
    "wrote 1",
    "wrote 100",
    "wrote 200",
    "Too much waits to be written; try again in a few seconds",
  ]);
  expect(await put(3)).toBe("wrote 3");
});

import { Refusal } from "#lib/kernel/refusal.ts";

export type Group<Item, Answer> = {
  /** Writes all of them in one go and answers each, in their order; when it throws, none was written or all may be again. */
  readonly write: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Whether the error comes of one of the items: they are then tried apart, so that the bad one fails alone. */
  readonly isOfAnItem: (error: unknown) => boolean;
  /** What an item weighs, and what a group weighs at most; an item that is heavier goes alone. */
  readonly weightOf: (item: Item) => number;
  readonly heaviest: number;
  /** Items that may wait, and what they may weigh together; whoever comes after them is told to come back later. */
  readonly mostWaiting: number;
  readonly heaviestWaiting: number;
};

type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Many small writes as few large ones: while one group is written, what arrives waits and makes the next group. Nothing
 * lingers: alone, an item is written at once. Groups follow one another, so items keep the order in which they came.
 * The promise settles when the item's own group is committed or has failed.
 * @throws Refusal `too_many` when too many wait
 */
export function groupCommit<Item, Answer>(group: Group<Item, Answer>): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  let weight = 0;
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const size = sizeOfNext(waiting, group);
      const next = waiting.slice(0, size);
      waiting = waiting.slice(size);
      for (const { item } of next) weight -= group.weightOf(item);
      await settle(next, group);
    }
    isWriting = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= group.mostWaiting || weight > group.heaviestWaiting) {
        reject(new Refusal("too_many", "Too much waits to be written; try again in a few seconds"));
        return;
      }
      waiting.push({ item, resolve, reject });
      weight += group.weightOf(item);
      if (!isWriting) void writeAll();
    });
}

function sizeOfNext<Item, Answer>(waiting: readonly Waiting<Item, Answer>[], group: Group<Item, Answer>): number {
  let weight = 0;
  let size = 0;
  for (const { item } of waiting) {
    weight += group.weightOf(item);
    if (size > 0 && weight > group.heaviest) break;
    size += 1;
  }
  return size;
}

/** Never rejects: every error goes to those whose items it concerns. */
async function settle<Item, Answer>(
  items: readonly Waiting<Item, Answer>[],
  group: Group<Item, Answer>,
): Promise<void> {
  try {
    const answers = await group.write(items.map((one) => one.item));
    for (const [index, { resolve, reject }] of items.entries()) {
      const answer = answers[index];
      if (answer === undefined) reject(new Error("A group was written without an answer for each of its items"));
      else resolve(answer);
    }
  } catch (error) {
    if (items.length === 1 || !group.isOfAnItem(error)) {
      for (const { reject } of items) reject(error);
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await settle(items.slice(0, middle), group);
    await settle(items.slice(middle), group);
  }
}

import { beforeEach, expect, test, vi } from "vitest";
import { database } from "./db.ts";
import { createRelay, forgetOldParcels, MOST_ATTEMPTS } from "./outbox.ts";
import { relayDue } from "./testing/relay.ts";

const at = new Date();
type Wish = {
  readonly lane?: string;
  readonly deliveredAt?: Date;
  readonly attempts?: number;
  readonly createdAt?: Date;
};
const aParcel = (wish: Wish = {}) =>
  database().outbox.create({ data: { topic: "test", payload: {}, createdAt: at, ...wish } });
const rows = () => database().outbox.findMany({ orderBy: { id: "asc" } });

beforeEach(async () => {
  await database().outbox.deleteMany();
});

test("what nobody delivers says so", async () => {
  await aParcel();
  await relayDue({});
  expect(await rows()).toMatchObject([{ lastError: "Nothing delivers the topic test", attempts: 1 }]);
});

test("what can never succeed is not tried again", async () => {
  await aParcel();
  await relayDue({ test: async () => ({ givenUp: "Nobody is there" }) });
  expect(await rows()).toMatchObject([{ lastError: "Nobody is there", attempts: MOST_ATTEMPTS, deliveredAt: null }]);
});

test("pauses grow from one minute", async () => {
  const parcel = await aParcel();
  const fail = () => relayDue({ test: () => Promise.reject(new Error("No")) });
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    const data = { nextAttemptAt: new Date(0) };
    await database().outbox.update({ where: { id: parcel.id }, data });
    await fail();
    const [row] = await rows();
    pauses.push(Math.round(((row?.nextAttemptAt.getTime() ?? 0) - Date.now()) / 60_000));
  }
  expect(pauses).toEqual([1, 2, 4, 8]);
});

test("an attempt that does not end counts as failed after 20 seconds, and is told to stop", async () => {
  const parcel = await aParcel();
  let stopped = false;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const relay = createRelay(database(), {
    test: ({ signal }) =>
      new Promise(() => {
        signal.addEventListener("abort", () => {
          stopped = true;
        });
      }),
  });
  await relay.turn();
  await vi.advanceTimersByTimeAsync(20_000);
  vi.useRealTimers();
  await relay.settle();
  expect(stopped).toBe(true);
  expect(await database().outbox.findUnique({ where: { id: parcel.id } })).toMatchObject({
    deliveredAt: null,
    lastError: "There was no answer within 20 seconds",
  });
});

test("no more than sixteen are under way, two of them to one far end", async () => {
  for (let lane = 0; lane < 12; lane++) for (let count = 0; count < 4; count++) await aParcel({ lane: `lane ${lane}` });
  let now = 0;
  let most = 0;
  await relayDue({
    test: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 500));
      now -= 1;
      return "done";
    },
  });
  expect(most).toBe(16);
  expect(await database().outbox.count({ where: { deliveredAt: null } })).toBe(0);
});

test("what was sent or given up long ago is let go of, what waits is not", async () => {
  const long = new Date(at.getTime() - 91 * 86_400_000);
  await aParcel({ createdAt: long, deliveredAt: long });
  await aParcel({ createdAt: long, attempts: MOST_ATTEMPTS });
  const kept = [
    await aParcel({ createdAt: long, attempts: 3 }),
    await aParcel({ createdAt: long, deliveredAt: at }),
    await aParcel({ deliveredAt: at }),
  ];
  expect(await forgetOldParcels(database(), at)).toBe(2);
  expect((await rows()).map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
});

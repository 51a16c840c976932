import type { Json } from "#lib/kernel/json.ts";
import type { Db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";

/** Something that leaves the process. It may come twice, so whoever gets it tells repeats apart by `id`. */
export type Parcel = {
  readonly id: string;
  readonly payload: Json;
  /** Aborts when the attempt counts as failed. */
  readonly signal: AbortSignal;
};
/** done: nothing more is to be sent · or why no further attempt can succeed. What is thrown is tried again. */
export type Delivered = "done" | { readonly givenUp: string };
export type Deliver = (parcel: Parcel) => Promise<Delivered>;
export type Routes = Readonly<Record<string, Deliver>>;

type Row = {
  readonly id: bigint;
  readonly topic: string;
  readonly lane: string;
  readonly payload: Json;
  readonly attempts: number;
};

export const MOST_ATTEMPTS = 10;
/** Doubles with each attempt. Far above `DEADLINE`, so that no other relay takes a row that is still being sent. */
const FIRST_PAUSE_SECONDS = 60;
/** Milliseconds that one attempt may take. */
const DEADLINE = 20_000;
/** Deliveries under way at a time in one process, and how many of them to the same far end. */
const MOST_AT_ONCE = 16;
const MOST_OF_A_LANE = 2;
/** Milliseconds until a relay with deliveries under way looks for other work. */
const LOOK_AGAIN = 500;

export type Relay = {
  /** Starts what is due and has room; waits only for room. Answers whether there was anything to do. */
  readonly turn: () => Promise<boolean>;
  /** Waits for what is under way. */
  readonly settle: () => Promise<void>;
};

/**
 * Delivers what waits in the outbox, at least once. A row is claimed by moving its next attempt ahead (60 s, doubling)
 * right before it is sent: if this process dies, another one finds the row due again. After ten attempts it is left
 * alone, with its last error. A far end that is slow holds up its own lane, nothing else.
 */
export function createRelay(db: Db, routes: Routes): Relay {
  const underWay = new Map<Promise<void>, string>();

  function begin(row: Row): void {
    const sending = deliverRow(db, routes, row)
      // The row comes back by itself: its next attempt lies ahead.
      .catch((error: unknown) => log.error({ err: error, outbox: row.id.toString() }, "a delivery was not recorded"))
      .finally(() => underWay.delete(sending));
    underWay.set(sending, row.lane);
  }

  async function turn(): Promise<boolean> {
    if (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay.keys());
    let begun = 0;
    while (underWay.size < MOST_AT_ONCE) {
      const row = await claim(db, fullLanes([...underWay.values()]));
      if (!row) break;
      begin(row);
      begun += 1;
    }
    if (begun > 0 || underWay.size === 0) return begun > 0;
    await Promise.race([...underWay.keys(), new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))]);
    return true;
  }

  return {
    turn,
    settle: async () => {
      await Promise.all(underWay.keys());
    },
  };
}

function fullLanes(busy: readonly string[]): readonly string[] {
  return [...new Set(busy)].filter((lane) => busy.filter((one) => one === lane).length >= MOST_OF_A_LANE);
}

/** How long it can be seen what became of a delivery, in milliseconds. */
const KEPT = 90 * 24 * 60 * 60_000;

/** Lets go of rows that were sent, or given up, 90 days ago. @returns how many */
export async function forgetOldParcels(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT);
  const { count } = await db.outbox.deleteMany({
    where: { createdAt: { lt: before }, OR: [{ deliveredAt: { lt: before } }, { attempts: { gte: MOST_ATTEMPTS } }] },
  });
  return count;
}

async function claim(db: Db, full: readonly string[]): Promise<Row | undefined> {
  const [row] = await db.$queryRaw<readonly Row[]>`
    UPDATE outbox SET attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs => ${FIRST_PAUSE_SECONDS} * power(2, attempts))
    WHERE id = (
      SELECT id FROM outbox
      WHERE delivered_at IS NULL AND next_attempt_at <= now() AND attempts < ${MOST_ATTEMPTS} AND lane <> ALL(${full})
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, topic, lane, payload, attempts`;
  return row;
}

async function deliverRow(db: Db, routes: Routes, row: Row): Promise<void> {
  const { id, topic, payload, attempts } = row;
  const said = await inTime((signal) => {
    const deliver = routes[topic];
    if (!deliver) throw new Error(`Nothing delivers the topic ${topic}`);
    return deliver({ id: id.toString(), payload, signal });
  });
  if (said.is === "failed") {
    log.warn({ err: said.error, outbox: id.toString(), topic, attempts }, "a delivery failed");
    const lastError = said.error instanceof Error ? said.error.message.slice(0, 500) : "unknown";
    await db.outbox.update({ where: { id }, data: { lastError } });
  } else if (said.how === "done") {
    await db.outbox.update({ where: { id }, data: { deliveredAt: new Date(), lastError: null } });
  } else {
    await db.outbox.update({ where: { id }, data: { attempts: MOST_ATTEMPTS, lastError: said.how.givenUp } });
  }
}

type Said = { readonly is: "delivered"; readonly how: Delivered } | { readonly is: "failed"; readonly error: unknown };

/** What came of the work; it has failed when it takes longer than an attempt may. */
async function inTime(work: (signal: AbortSignal) => Promise<Delivered>): Promise<Said> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`There was no answer within ${DEADLINE / 1_000} seconds`));
      ending.abort();
    }, DEADLINE);
  });
  try {
    return { is: "delivered", how: await Promise.race([work(ending.signal), late]) };
  } catch (error) {
    return { is: "failed", error };
  } finally {
    clearTimeout(timer);
  }
}

import type { Json } from "#lib/kernel/json.ts";
import type { Db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";

/** Something that leaves the process. It may come twice, so whoever gets it tells repeats apart by `id`. */
export type Parcel = { readonly id: string; readonly payload: Json };
export type Deliver = (parcel: Parcel) => Promise<void>;
type Row = { readonly id: bigint; readonly topic: string; readonly payload: Json; readonly attempts: number };

const BATCH = 20;
export const MOST_ATTEMPTS = 10;
const FIRST_PAUSE_SECONDS = 30;

/**
 * Delivers what waits in the outbox, a batch at a time, at least once. A row is claimed by moving its next attempt
 * ahead (30 s, doubling), before anything is sent: if this process dies, another one finds the row due again. After ten
 * attempts it is left alone, with its last error. @returns how many rows were tried
 */
export async function relayOutbox(db: Db, routes: Readonly<Record<string, Deliver>>): Promise<number> {
  const rows = await db.$queryRaw<readonly Row[]>`
    UPDATE outbox SET attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs => ${FIRST_PAUSE_SECONDS} * power(2, attempts))
    WHERE id IN (
      SELECT id FROM outbox
      WHERE delivered_at IS NULL AND next_attempt_at <= now() AND attempts < ${MOST_ATTEMPTS}
      ORDER BY next_attempt_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    )
    RETURNING id, topic, payload, attempts`;
  for (const row of rows) await deliverRow(db, routes, row);
  return rows.length;
}

async function deliverRow(db: Db, routes: Readonly<Record<string, Deliver>>, row: Row): Promise<void> {
  const { id, topic, payload, attempts } = row;
  const deliver = routes[topic];
  try {
    if (!deliver) throw new Error(`Nothing delivers the topic ${topic}`);
    await deliver({ id: id.toString(), payload });
    await db.outbox.update({ where: { id }, data: { deliveredAt: new Date(), lastError: null } });
  } catch (error) {
    log.warn({ err: error, outbox: id.toString(), topic, attempts }, "a delivery failed");
    const lastError = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await db.outbox.update({ where: { id }, data: { lastError } });
  }
}

import { database } from "#lib/platform/db.ts";
import { createRelay, type Routes } from "#lib/platform/outbox.ts";

/** Sends everything that is due, by a relay of its own. @returns how many deliveries were tried */
export async function relayDue(routes: Routes): Promise<number> {
  let tried = 0;
  const counting = Object.entries(routes).map(([topic, deliver]) => [
    topic,
    (parcel: Parameters<typeof deliver>[0]) => {
      tried += 1;
      return deliver(parcel);
    },
  ]);
  const relay = createRelay(database(), Object.fromEntries(counting));
  while (await relay.turn()) await relay.settle();
  return tried;
}

/** Lets every waiting delivery be tried again now. */
export async function makeDue(): Promise<void> {
  await database().outbox.updateMany({ where: { deliveredAt: null }, data: { nextAttemptAt: new Date(0) } });
}

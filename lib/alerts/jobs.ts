import { mailNotification } from "#lib/accounts/mail.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import type { Loop } from "#lib/platform/loop.ts";
import { createRelay, forgetOldParcels, type Relay } from "#lib/platform/outbox.ts";
import { deliverAlert } from "./deliver.ts";
import { ALERT_PARCEL } from "./model.ts";

let relay: Relay | undefined;

/** Sends what commands put into the outbox. */
export const relaying: Loop = {
  name: "outbox",
  pauses: { busy: 0, idle: 1_000, trouble: 30_000 },
  turn: () => {
    relay ??= createRelay(database(), { notification: mailNotification, [ALERT_PARCEL]: deliverAlert });
    return relay.turn();
  },
  end: async () => relay?.settle(),
};

/** Lets go of what was sent or given up long ago. What was told stays: in the log, and as alerts. */
export const forgetDeliveries = defineJob({
  name: "forget-deliveries",
  when: { cron: "40 3 * * *" },
  run: async ({ now }) => {
    await forgetOldParcels(database(), now);
  },
});

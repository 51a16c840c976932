import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { forgetInstances, forgetObservations } from "./retention.ts";

const DAY = 86_400_000;
/** An instance that was not heard of for so long does not come back under its name. */
const INSTANCE_DAYS = 7;
/** A document that nothing runs any more can still be looked at and compared for so long. */
const OBSERVATION_DAYS = 30;

/** Lets go, each night, of instances that are long silent and of documents that nothing runs. */
export const forgetting = defineJob({
  name: "forget-telemetry",
  when: { cron: "40 3 * * *" },
  run: async ({ now }) => {
    await forgetTelemetry(now);
  },
});

/** Idempotent: what is gone is not found again. @returns how many of each it let go */
export async function forgetTelemetry(now: Date): Promise<{ readonly instances: number; readonly documents: number }> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const instances = await forgetInstances(database(), before(INSTANCE_DAYS), now);
  const documents = await forgetObservations(database(), before(OBSERVATION_DAYS));
  return { instances, documents };
}

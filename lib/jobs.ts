import { PgBoss } from "pg-boss";
import { forgetDeliveries, relaying } from "#lib/alerts/jobs.ts";
import { checking, nightlyCheck, sequencing, signing } from "#lib/audit/jobs.ts";
import { comparing, driftSweep, fullDriftSweep } from "#lib/drift/jobs.ts";
import { remediating } from "#lib/drift/remediation/jobs.ts";
import { scheduledApply } from "#lib/gates/jobs.ts";
import { hotPatchClock } from "#lib/hot-patches/jobs.ts";
import { env } from "#lib/platform/env.ts";
import type { Job } from "#lib/platform/job.ts";
import { log } from "#lib/platform/log.ts";
import { type Loop, startLoop } from "#lib/platform/loop.ts";
import { lapsedApprovals } from "#lib/reviews/jobs.ts";
import { forgetting } from "#lib/runtimes/jobs.ts";

/** What runs all the time, in every worker; each takes its turn or skips. */
const loops: readonly Loop[] = [sequencing, signing, checking, relaying, comparing];

/** What runs at its time, once over all workers. */
const jobs: readonly Job[] = [
  nightlyCheck,
  scheduledApply,
  lapsedApprovals,
  hotPatchClock,
  forgetting,
  driftSweep,
  fullDriftSweep,
  remediating,
  forgetDeliveries,
];

/** Starts the background work of this process, unless PLUMBLINE_WORKER is off. Answers how to end it. */
export async function startJobs(): Promise<() => Promise<void>> {
  if (env().PLUMBLINE_WORKER === "off") return async () => undefined;
  const stopQueue = await startQueue(jobs);
  const stops = [...loops.map(startLoop), stopQueue];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

/**
 * Starts the job queue with these jobs: leases, retries and schedules in PostgreSQL, in the schema `pgboss`, which the
 * application's role may fill (docs/decisions/0007-job-queue-schema.md). Answers how to end it; running jobs get 10 s.
 */
export async function startQueue(defined: readonly Job[]): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: env().PLUMBLINE_DATABASE_URL,
    schema: "pgboss",
    createSchema: false,
    max: 3,
    application_name: "plumbline jobs",
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue failed"));
  await boss.start();
  const timers = await Promise.all(defined.map((job) => employ(boss, job)));
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await boss.stop({ graceful: true, timeout: 10_000 });
  };
}

async function employ(boss: PgBoss, job: Job): Promise<NodeJS.Timeout | undefined> {
  const { name, when, expireInSeconds = 900 } = job;
  const limits = { expireInSeconds, retryLimit: 3, retryBackoff: true, deleteAfterSeconds: 86_400 };
  // Stately: at most one job waits and one runs, so that a slow run never lets its successors pile up.
  await boss.createQueue(name, { policy: "stately", ...limits });
  await boss.work(name, { pollingIntervalSeconds: "cron" in when ? 2 : Math.min(2, when.everySeconds) }, async () => {
    try {
      await job.run({ now: new Date() });
    } catch (error) {
      log.error({ err: error, job: name }, "a job failed");
      throw error;
    }
  });
  if ("cron" in when) {
    await boss.schedule(name, when.cron, null, { tz: "UTC" });
    return undefined;
  }
  const { everySeconds } = when;
  const send = () =>
    boss.send(name, null, { singletonSeconds: everySeconds }).catch((error: unknown) => {
      log.error({ err: error, job: name }, "a job could not be queued");
    });
  await send();
  return setInterval(send, everySeconds * 1_000);
}

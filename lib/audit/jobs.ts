import { jobActor } from "#lib/access/job-actor.ts";
import { signCheckpoint } from "#lib/audit/checkpoints.ts";
import { latestCheck, requestCheck, runRequestedCheck } from "#lib/audit/checks.ts";
import { recordLogCheck } from "#lib/audit/commands.ts";
import { hasPending, largestBatch, sequenceBatch } from "#lib/audit/sequencer.ts";
import { database } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { defineJob } from "#lib/platform/job.ts";
import { log } from "#lib/platform/log.ts";
import type { Loop } from "#lib/platform/loop.ts";

/** Polled, not notified: a NOTIFY in every command would make all commits wait for one lock. */
export const sequencing: Loop = {
  name: "audit sequencer",
  pauses: { busy: 100, idle: 100, trouble: 5_000 },
  turn: async () => {
    const db = database();
    if (!(await hasPending(db))) return false;
    for (;;) {
      const taken = await sequenceBatch(db);
      if (taken < largestBatch) return taken > 0;
    }
  },
};

/** Signs nothing in a process without the key. */
export const signing: Loop = {
  name: "audit checkpointer",
  pauses: { busy: 10_000, idle: 1_000, trouble: 30_000 },
  turn: async () => {
    const key = env().PLUMBLINE_LOG_KEY;
    return key !== undefined && (await signCheckpoint(database(), key, new Date())) !== null;
  },
};

export const checker = jobActor({ id: "audit-check", name: "Audit check", role: "auditor" });

/** Carries out the checks that people ask for, and puts on record what they found. */
export const checking: Loop = {
  name: "audit check",
  pauses: { busy: 1_000, idle: 1_000, trouble: 30_000 },
  turn: async () => {
    const done = await runRequestedCheck(database());
    if (!done) return false;
    if (done.misfit) log.error({ misfit: done.misfit }, "the audit log does not fit");
    await recordLogCheck(checker, { checked: done.checked, misfit: done.misfit });
    return true;
  },
};

/** Asks for a check every night, unless one is waiting or under way. */
export const nightlyCheck = defineJob({
  name: "audit-check",
  when: { cron: "17 3 * * *" },
  run: async ({ now }) => {
    const last = await latestCheck(database());
    if (last?.state === "requested" || last?.state === "running") return;
    await requestCheck(database(), checker.name, now);
  },
});

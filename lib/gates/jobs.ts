import type { Actor } from "#lib/access/actor.ts";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { log } from "#lib/platform/log.ts";
import { plumbline } from "#lib/reviews/jobs.ts";
import { applyScheduledChange } from "./commands/apply-change.ts";
import { parkSchedule, postponeSchedule, suspendSchedule } from "./commands/fail-schedule.ts";
import { MOST_ATTEMPTS } from "./schedule-rules.ts";

/** Applies what is due, twice a minute. */
export const scheduledApply = defineJob({
  name: "scheduled-apply",
  when: { everySeconds: 30 },
  run: async ({ now }) => {
    await runSchedules(now);
  },
});

type Due = {
  readonly number: number;
  readonly scheduledFor: Date;
  readonly scheduledBy: string;
  readonly attempts: number;
};

/** Tries every request whose time has come. One that fails keeps no other waiting. @returns how many were due */
export async function runSchedules(now: Date): Promise<number> {
  const rows = await database().changeRequest.findMany({
    where: { scheduleState: "scheduled", scheduledFor: { lte: now } },
    orderBy: { scheduledFor: "asc" },
    select: { number: true, scheduledFor: true, scheduledBy: true, scheduleAttempts: true },
  });
  for (const { number, scheduledFor, scheduledBy, scheduleAttempts } of rows) {
    if (!scheduledFor || !scheduledBy) continue;
    await runSchedule({ number, scheduledFor, scheduledBy, attempts: scheduleAttempts }, now);
  }
  return rows.length;
}

/**
 * Applies one request with the permissions that its scheduler has now. A refusal is an answer: the world has changed,
 * and a person has to look. Anything else is trouble that may pass, so that it is tried again later.
 */
async function runSchedule(due: Due, now: Date): Promise<void> {
  const { number, scheduledFor } = due;
  try {
    await applyScheduledChange(await schedulerOf(due, now), { number, scheduledFor }, { now });
  } catch (error) {
    await recordFailure(due, error, now);
  }
}

async function recordFailure(due: Due, error: unknown, now: Date): Promise<void> {
  const failure = { number: due.number, scheduledFor: due.scheduledFor };
  if (error instanceof Refusal) {
    await unlessMoved(() =>
      suspendSchedule(plumbline("scheduled-apply", now), { ...failure, note: noteOf(error) }, { now }),
    );
    return;
  }
  const attempt = due.attempts + 1;
  log.error({ err: error, change: due.number, attempt }, "a scheduled change could not be applied");
  const note = `Attempt ${attempt} failed for a technical reason`;
  const fail = attempt >= MOST_ATTEMPTS ? parkSchedule : postponeSchedule;
  await unlessMoved(() => fail(plumbline("scheduled-apply", now), { ...failure, note }, { now }));
}

/** Somebody who moved the schedule meanwhile has dealt with it. */
async function unlessMoved(record: () => Promise<unknown>): Promise<void> {
  try {
    await record();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "conflict")) throw error;
  }
}

/** Whoever set the schedule, acting through the job with what they may do now. @throws Refusal when they have left */
async function schedulerOf(due: Due, now: Date): Promise<Actor> {
  const person = await actorOfPerson(database(), due.scheduledBy, { channel: "job", now });
  return { ...person, name: `${person.name} (scheduled)` };
}

function noteOf(refusal: Refusal): string {
  const gates = refusal.details.gates;
  if (!Array.isArray(gates)) return refusal.message;
  const inTheWay = gates.filter((gate) => gate.isBlocking && (gate.status === "failed" || gate.status === "pending"));
  return `${refusal.message}. ${inTheWay.map((gate) => `${gate.title}: ${gate.summary}`).join(". ")}`.slice(0, 2_000);
}

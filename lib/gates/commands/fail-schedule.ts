import type { z } from "zod";
import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { ScheduleFailure } from "#lib/gates/input.ts";
import { isDue, nextAttempt } from "#lib/gates/schedule-rules.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { lockChange } from "#lib/reviews/load.ts";
import type { ChangeRequest } from "#lib/reviews/model.ts";
import { answerOf, type ChangeAnswer } from "#lib/reviews/proposing.ts";
import { type ChangePatch, updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

type Input = z.output<typeof ScheduleFailure>;
type Failure = { readonly patch: ChangePatch; readonly action: string; readonly text: string };

/** A gate fell, or whoever scheduled it may no longer apply it: a person has to look. */
export const suspendSchedule = command(
  {
    name: "change.suspendSchedule",
    may: "change:apply",
    on: "everywhere",
    input: ScheduleFailure,
    summary: "Suspend a schedule that could not be kept because something does not hold any more",
  },
  (context) =>
    fail(context, (request) => ({
      patch: { scheduleState: "suspended", scheduleNote: context.input.note },
      action: "change.schedule_suspended",
      text: `${changeInWords(request)} was not applied as scheduled: ${context.input.note}`,
    })),
);

/** Trouble that may pass: tried again after a pause that grows. */
export const postponeSchedule = command(
  {
    name: "change.postponeSchedule",
    may: "change:apply",
    on: "everywhere",
    input: ScheduleFailure,
    summary: "Try a scheduled request again later, after trouble that may pass",
  },
  (context) =>
    fail(context, (request) => {
      const attempts = request.scheduleAttempts + 1;
      const at = nextAttempt(attempts, context.now);
      return {
        patch: { scheduledFor: at, scheduleAttempts: attempts, scheduleNote: context.input.note },
        action: "change.schedule_postponed",
        text: `${changeInWords(request)} could not be applied (attempt ${attempts}); the next one is at ${formatUtc(at)}`,
      };
    }),
);

/** Trouble that did not pass. */
export const parkSchedule = command(
  {
    name: "change.parkSchedule",
    may: "change:apply",
    on: "everywhere",
    input: ScheduleFailure,
    summary: "Give a scheduled request up after too many attempts",
  },
  (context) =>
    fail(context, (request) => {
      const attempts = request.scheduleAttempts + 1;
      return {
        patch: { scheduleState: "parked", scheduleAttempts: attempts, scheduleNote: context.input.note },
        action: "change.schedule_parked",
        text: `${changeInWords(request)} was given up after ${attempts} attempts; schedule it again when the trouble is over`,
      };
    }),
);

async function fail(
  { tx, actor, now, input }: CommandContext<Input>,
  failureOf: (request: ChangeRequest) => Failure,
): Promise<Outcome<ChangeAnswer>> {
  const request = await lockChange(tx, input.number, actor);
  if (!isDue(request, input.scheduledFor, now)) throw new Refusal("conflict", "The schedule was changed meanwhile");
  const { patch, action, text } = failureOf(request);
  const failed = await updateChange(tx, request, patch, now);
  const people = [...request.contributors, ...(request.scheduledBy ? [request.scheduledBy] : [])];
  return {
    result: answerOf(failed),
    audit: [changeLine(failed, { action, summary: text, reason: input.note })],
    notify: noticeTo(people, { request, actorId: actor.id, kind: action, text }),
  };
}

import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { MoveChange, ScheduleChange } from "#lib/reviews/input.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMaySchedule, assertMayUnschedule, assertSeenRevision } from "#lib/reviews/rules.ts";
import { unscheduled } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

/** The schedule applies in the name of who set it: their permission is asked for again at its time. */
export const scheduleChange = command(
  {
    name: "change.schedule",
    may: "change:apply",
    on: "anywhere",
    input: ScheduleChange,
    summary: "Apply an approved request at a given time, if every gate still holds then",
    http: { method: "PUT", path: "/changes/{number}/schedule" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    const speaker = await speakerOf(tx, actor);
    assertMaySchedule(request, speaker);
    if (input.at <= now) {
      const message = "This moment has passed; choose a later one, or apply the change now";
      throw new Refusal("invalid", message, { fields: { at: [message] } });
    }
    const scheduled = await updateChange(
      tx,
      request,
      {
        scheduleState: "scheduled",
        scheduledFor: input.at,
        scheduledBy: speaker.personId,
        scheduleAttempts: 0,
        scheduleNote: null,
      },
      now,
    );
    const text = `${actor.name} scheduled ${changeInWords(request)} for ${formatUtc(input.at)}`;
    return {
      result: { ...answerOf(scheduled), scheduledFor: input.at.toISOString() },
      audit: [
        changeLine(scheduled, {
          action: "change.scheduled",
          summary: text,
          detail: { scheduledFor: input.at.toISOString() },
        }),
      ],
      notify: noticeTo(request.contributors, { request, actorId: actor.id, kind: "change.scheduled", text }),
    };
  },
);

export const unscheduleChange = command(
  {
    name: "change.unschedule",
    may: "change:apply",
    on: "anywhere",
    input: MoveChange,
    summary: "Take a request off the schedule",
    http: { method: "DELETE", path: "/changes/{number}/schedule" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayUnschedule(request, await speakerOf(tx, actor));
    const freed = await updateChange(tx, request, unscheduled(request), now);
    const text = `${actor.name} took ${changeInWords(request)} off the schedule`;
    return {
      result: answerOf(freed),
      audit: [changeLine(freed, { action: "change.unscheduled", summary: text })],
      notify: noticeTo(request.contributors, { request, actorId: actor.id, kind: "change.unscheduled", text }),
    };
  },
);

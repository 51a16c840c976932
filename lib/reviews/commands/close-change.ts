import { command } from "#lib/command.ts";
import { releaseDrafts } from "#lib/reviews/drafts.ts";
import { MoveChangeWithReason } from "#lib/reviews/input.ts";
import { lockChange, reviewsOf } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayClose, assertSeenRevision } from "#lib/reviews/rules.ts";
import { unscheduled } from "#lib/reviews/settle.ts";
import { stateAfter } from "#lib/reviews/states.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

export const closeChange = command(
  {
    name: "change.close",
    may: "system:read",
    on: "anywhere",
    input: MoveChangeWithReason,
    summary: "Close a request without applying it; it can be reopened",
    http: { method: "POST", path: "/changes/{number}/close" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayClose(request, await speakerOf(tx, actor), "close");
    const state = stateAfter(request.state, "close");
    const closed = await updateChange(tx, request, { ...unscheduled(request), state, closedReason: input.reason }, now);
    await releaseDrafts(tx, request, { keep: [], to: "open", by: actor.name, now });
    const reviewers = (await reviewsOf(tx, request)).map((review) => review.reviewerId);
    const text = `${actor.name} closed ${changeInWords(request)}`;
    return {
      result: answerOf(closed),
      audit: [changeLine(closed, { action: "change.closed", summary: text, reason: input.reason })],
      notify: noticeTo([...request.contributors, ...reviewers], {
        request,
        actorId: actor.id,
        kind: "change.closed",
        text: `${text}: ${input.reason}`,
      }),
    };
  },
);

import { command } from "#lib/command.ts";
import { MoveChange } from "#lib/reviews/input.ts";
import { lockChange, reviewsOf } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayMoveOwn, assertSeenRevision } from "#lib/reviews/rules.ts";
import { unscheduled } from "#lib/reviews/settle.ts";
import { stateAfter } from "#lib/reviews/states.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { dismissApprovals } from "#lib/reviews/store-reviews.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

/** Back to a draft: approvals given so far end, because what comes back may be something else. */
export const recallChange = command(
  {
    name: "change.recall",
    may: "change:create",
    on: "anywhere",
    input: MoveChange,
    summary: "Take one's own request out of review, back to a draft",
    http: { method: "POST", path: "/changes/{number}/recall" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayMoveOwn(request, await speakerOf(tx, actor), "recall");
    const patch = { ...unscheduled(request), state: stateAfter(request.state, "recall") };
    const recalled = await updateChange(tx, request, patch, now);
    const dismissed = await dismissApprovals(tx, request, { reason: `${actor.name} recalled the change`, at: now });
    const reviewers = (await reviewsOf(tx, request)).map((review) => review.reviewerId);
    const text = `${actor.name} recalled ${changeInWords(request)}`;
    return {
      result: answerOf(recalled),
      audit: [
        changeLine(recalled, { action: "change.recalled", summary: text, detail: { dismissedApprovals: dismissed } }),
      ],
      notify: noticeTo(reviewers, { request, actorId: actor.id, kind: "change.recalled", text }),
    };
  },
);

import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { DismissReview, OfReview } from "#lib/reviews/input.ts";
import { lockChange, reviewsOf } from "#lib/reviews/load.ts";
import type { ChangeRequest, Review } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayDismiss, assertMayWithdraw } from "#lib/reviews/rules.ts";
import { settle } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { endReview } from "#lib/reviews/store-reviews.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

async function loadReview(tx: Tx, request: ChangeRequest, reviewId: string): Promise<Review> {
  const review = (await reviewsOf(tx, request)).find((one) => one.id === reviewId);
  if (!review) throw new Refusal("not_found", "There is no such review on this change");
  return review;
}

export const withdrawReview = command(
  {
    name: "change.withdrawReview",
    may: "change:comment",
    on: "anywhere",
    input: OfReview,
    summary: "Take one's own verdict back",
    http: { method: "DELETE", path: "/changes/{number}/reviews/{reviewId}" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    const review = await loadReview(tx, request, input.reviewId);
    assertMayWithdraw(review, request, await speakerOf(tx, actor));
    const seen = await updateChange(tx, request, {}, now);
    await endReview(tx, review, { withdrawnAt: now });
    const settled = await settle(tx, seen, { actor, now });
    const what = review.verdict === "approve" ? "approval" : "request for changes";
    const text = `${actor.name} took back their ${what} on ${changeInWords(request)}`;
    return {
      result: answerOf(settled.request),
      audit: [
        changeLine(request, { action: "review.withdrawn", summary: text, detail: { review: review.id } }),
        ...settled.audit,
      ],
      notify: [
        ...noticeTo(request.contributors, { request, actorId: actor.id, kind: "review.withdrawn", text }),
        ...settled.notify,
      ],
    };
  },
);

/** For a reviewer who asked for changes and cannot be reached: visible, with a reason, and they are told. */
export const dismissReview = command(
  {
    name: "change.dismissReview",
    may: "change:override",
    on: "anywhere",
    input: DismissReview,
    summary: "Dismiss somebody's verdict, with a reason that they are told",
    http: { method: "POST", path: "/changes/{number}/reviews/{reviewId}/dismissal" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    const review = await loadReview(tx, request, input.reviewId);
    assertMayDismiss(review, request, await speakerOf(tx, actor));
    const seen = await updateChange(tx, request, {}, now);
    await endReview(tx, review, { dismissedAt: now, dismissedReason: `${actor.name}: ${input.reason}` });
    const settled = await settle(tx, seen, { actor, now });
    const text = `${actor.name} dismissed the verdict of ${review.reviewerName} on ${changeInWords(request)}`;
    const people = [review.reviewerId, ...request.contributors];
    return {
      result: answerOf(settled.request),
      audit: [
        changeLine(request, {
          action: "review.dismissed",
          summary: text,
          reason: input.reason,
          detail: { review: review.id },
        }),
        ...settled.audit,
      ],
      notify: [
        ...noticeTo(people, { request, actorId: actor.id, kind: "review.dismissed", text: `${text}: ${input.reason}` }),
        ...settled.notify,
      ],
    };
  },
);

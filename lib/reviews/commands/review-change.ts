import { command } from "#lib/command.ts";
import { loadReviewFacts } from "#lib/reviews/facts.ts";
import { ReviewChange } from "#lib/reviews/input.ts";
import { lockChange } from "#lib/reviews/load.ts";
import type { Verdict } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayReview } from "#lib/reviews/rules.ts";
import { settle } from "#lib/reviews/settle.ts";
import { updateChange } from "#lib/reviews/store.ts";
import { insertReview, insertThreads } from "#lib/reviews/store-reviews.ts";
import { changeInWords, changeLine, noticeTo } from "#lib/reviews/words.ts";

const PAST: Readonly<Record<Verdict, { readonly action: string; readonly verb: string }>> = {
  approve: { action: "review.approved", verb: "approved" },
  request_changes: { action: "review.changes_requested", verb: "asked for changes to" },
  comment: { action: "review.commented", verb: "commented on" },
};

/** A whole review at once: the verdict, and every comment with its place. */
export const reviewChange = command(
  {
    name: "change.review",
    may: "change:comment",
    on: "anywhere",
    input: ReviewChange,
    summary: "Approve a request, ask for changes or comment, with comments on parameters and lines",
    http: { method: "POST", path: "/changes/{number}/reviews" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    const speaker = await speakerOf(tx, actor);
    const { verdict, summary } = input;
    const environments = assertMayReview(request, speaker, { verdict, seenDigest: input.contentDigest });
    const { requirements } = await loadReviewFacts(tx, request, now);
    const expiresAt = verdict === "approve" ? new Date(now.getTime() + requirements.lastsHours * 3_600_000) : null;
    const seen = await updateChange(tx, request, {}, now);
    const reviewerId = speaker.personId;
    const review = await insertReview(
      tx,
      seen,
      { reviewerId, reviewerName: actor.name, verdict, environments, summary, expiresAt },
      now,
    );
    const byReviewer = { authorId: actor.id, authorName: actor.name, reviewId: review.id };
    const spoken =
      verdict === "comment" && summary !== "" ? [{ anchor: { type: "request" } as const, body: summary }] : [];
    const threads = [...spoken, ...input.comments].map(({ anchor, body }) => ({
      anchor,
      comment: { ...byReviewer, body },
    }));
    await insertThreads(tx, seen, threads, now);
    const settled = await settle(tx, seen, { actor, now });
    const text = `${actor.name} ${PAST[verdict].verb} ${changeInWords(request)}`;
    return {
      result: {
        ...answerOf(settled.request),
        reviewId: review.id,
        environments,
        expiresAt: expiresAt?.toISOString() ?? null,
      },
      audit: [
        changeLine(request, {
          action: PAST[verdict].action,
          summary: text,
          reason: summary || undefined,
          detail: {
            review: review.id,
            verdict,
            contentDigest: request.contentDigest,
            contentRevision: request.contentRevision,
            environments: [...environments],
            comments: input.comments.map(({ anchor, body }) => ({ anchor, body })),
          },
        }),
        ...settled.audit,
      ],
      notify: [
        ...noticeTo(request.contributors, { request, actorId: actor.id, kind: PAST[verdict].action, text }),
        ...settled.notify,
      ],
    };
  },
);

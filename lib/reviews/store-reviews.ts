import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Anchor, ChangeRequest, Review, Thread, Verdict } from "./model.ts";

export type NewReview = {
  readonly reviewerId: string;
  readonly reviewerName: string;
  readonly verdict: Verdict;
  readonly environments: readonly string[];
  readonly summary: string;
  readonly expiresAt: Date | null;
};

/** A verdict on the content as it is. */
export async function insertReview(tx: Tx, request: ChangeRequest, review: NewReview, now: Date): Promise<Review> {
  const row = {
    ...review,
    id: newId(now),
    contentDigest: request.contentDigest,
    contentRevision: request.contentRevision,
    createdAt: now,
  };
  await tx.review.create({ data: { ...row, environments: [...row.environments], changeRequestId: request.id } });
  return { ...row, dismissedAt: null, dismissedReason: null, withdrawnAt: null };
}

/** Compare-and-set: a verdict that no longer stands is not taken back again. @throws Refusal `conflict` */
export async function endReview(
  tx: Tx,
  review: Pick<Review, "id">,
  end: { readonly withdrawnAt: Date } | { readonly dismissedAt: Date; readonly dismissedReason: string },
): Promise<void> {
  const { count } = await tx.review.updateMany({
    where: { id: review.id, withdrawnAt: null, dismissedAt: null },
    data: end,
  });
  if (count === 0) throw new Refusal("conflict", "This verdict was taken back or dismissed meanwhile");
}

/** An edit makes every approval stale. @returns how many stood until now */
export async function dismissApprovals(
  tx: Tx,
  request: Pick<ChangeRequest, "id">,
  dismissal: { readonly reason: string; readonly at: Date },
): Promise<number> {
  const { count } = await tx.review.updateMany({
    where: { changeRequestId: request.id, verdict: "approve", withdrawnAt: null, dismissedAt: null },
    data: { dismissedAt: dismissal.at, dismissedReason: dismissal.reason },
  });
  return count;
}

export type NewComment = {
  readonly authorId: string;
  readonly authorName: string;
  readonly body: string;
  readonly reviewId: string | null;
};

export type NewThread = { readonly anchor: Anchor; readonly comment: NewComment };

/** Conversations, each with its first comment, in this order. @returns their ids */
export async function insertThreads(
  tx: Tx,
  request: ChangeRequest,
  threads: readonly NewThread[],
  now: Date,
): Promise<readonly string[]> {
  // Identifiers of one millisecond do not sort by themselves.
  const ids = threads.map(() => newId(now)).sort();
  const rows = threads.map((thread, index) => ({ id: ids[index] ?? newId(now), ...thread }));
  for (const { id, anchor, comment } of rows) {
    const { contentRevision } = request;
    await tx.thread.create({ data: { id, changeRequestId: request.id, anchor, contentRevision, createdAt: now } });
    await insertComment(tx, { threadId: id, ...comment }, now);
  }
  return ids;
}

/** @returns the comment's id */
export async function insertComment(
  tx: Tx,
  comment: NewComment & { readonly threadId: string },
  now: Date,
): Promise<string> {
  const id = newId(now);
  await tx.comment.create({ data: { ...comment, id, createdAt: now } });
  return id;
}

/** Compare-and-set on whether it is resolved. @throws Refusal `conflict` */
export async function settleThread(
  tx: Tx,
  thread: Pick<Thread, "id">,
  resolution: { readonly at: Date; readonly by: string } | null,
): Promise<void> {
  const { count } = await tx.thread.updateMany({
    where: { id: thread.id, resolvedAt: resolution ? null : { not: null } },
    data: { resolvedAt: resolution?.at ?? null, resolvedBy: resolution?.by ?? null },
  });
  if (count === 0) {
    throw new Refusal("conflict", resolution ? "This thread was resolved already" : "This thread is open already");
  }
}

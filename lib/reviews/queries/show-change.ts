import type { Scope } from "#lib/access/actor.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { abilitiesOf } from "#lib/reviews/abilities.ts";
import { exceptionsInForce } from "#lib/reviews/exceptions.ts";
import { loadReviewFacts } from "#lib/reviews/facts.ts";
import { OfChange } from "#lib/reviews/input.ts";
import { changeByNumber, contentOf, threadsOf } from "#lib/reviews/load.ts";
import type { ChangeContent, ChangeRequest, Review } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { surroundingsOf } from "#lib/reviews/surroundings.ts";
import { textsBetween, textsOf } from "#lib/reviews/texts.ts";
import type { ChangeView, ReviewView, ThreadView } from "#lib/reviews/view.ts";
import { systemById } from "#lib/systems/store.ts";

export async function ofChange({ tx, input }: { tx: Reader; input: { number: number } }): Promise<Scope> {
  return { systemId: (await changeByNumber(tx, input.number)).systemId };
}

/** A change request with everything that its page shows, gates and timeline aside. */
export const showChange = query(
  {
    name: "change.show",
    may: "system:read",
    on: ofChange,
    input: OfChange,
    summary: "Show a change request: what changes, who reviewed it, what was said",
    http: { method: "GET", path: "/changes/{number}" },
  },
  async ({ db, actor, now, input }): Promise<ChangeView> => {
    const request = await changeByNumber(db, input.number);
    const [facts, system, threads, revisions, row, speaker] = await Promise.all([
      loadReviewFacts(db, request, now),
      systemById(db, request.systemId),
      threadViews(db, request),
      db.changeContent.findMany({
        where: { changeRequestId: request.id },
        orderBy: { revision: "desc" },
        take: 100,
        select: { revision: true, digest: true, createdBy: true, createdAt: true },
      }),
      db.changeRequest.findUniqueOrThrow({ where: { id: request.id }, select: { outcome: true } }),
      speakerOf(db, actor),
    ]);
    const { content, consequences, requirements, status, reviews, exceptions } = facts;
    const inForce = exceptionsInForce({ ...facts, now });
    const viewer = { actor, personId: speaker.personId };
    return {
      ...(await surroundingsOf(db, { request, content, consequences, viewer })),
      request,
      system,
      outcome: (row.outcome ?? []) as unknown as ChangeView["outcome"],
      bundles: await bundlesOf(db, content),
      requirements,
      status,
      reaches: consequences.reaches,
      changes: consequences.changes,
      texts: await textsOf(db, content, consequences),
      reviews: reviews.map((review) => reviewView(review, status)),
      threads,
      exceptions: exceptions.map((one) => ({ ...one, isInForce: inForce.includes(one) })),
      revisions,
      sinceMyApproval: await sinceApproval(db, request, { content, reviews, personId: speaker.personId }),
      can: abilitiesOf(request, speaker),
    };
  },
);

/** Effective configurations before and after, of each environment that the request reaches. */
export const showChangeEffects = query(
  {
    name: "change.effects",
    may: "system:read",
    on: ofChange,
    input: OfChange,
    summary: "Show the effective configuration of each environment before and after a change request",
    http: { method: "GET", path: "/changes/{number}/effects" },
  },
  async ({ db, now, input }) => {
    const { consequences } = await loadReviewFacts(db, await changeByNumber(db, input.number), now);
    return consequences.pairs.filter((pair) => consequences.reaches.includes(pair.environment));
  },
);

async function threadViews(reader: Reader, request: ChangeRequest): Promise<readonly ThreadView[]> {
  const [threads, comments] = await Promise.all([
    threadsOf(reader, request),
    reader.comment.findMany({
      where: { thread: { changeRequestId: request.id } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  ]);
  return threads.map((thread) => ({
    ...thread,
    comments: comments.filter((comment) => comment.threadId === thread.id),
  }));
}

async function bundlesOf(reader: Reader, content: ChangeContent): Promise<ChangeView["bundles"]> {
  switch (content.kind) {
    case "rules":
      return [];
    case "version":
      return content.bundles.map(({ bundleId, slug, draftId, semver }) => ({
        bundleId,
        slug,
        label: `${slug} ${semver}`,
        href: null,
        draftId,
      }));
    case "promotion":
    case "rollback": {
      const ids = content.bundles.map((bundle) => bundle.versionId);
      const versions = await reader.bundleVersion.findMany({
        where: { id: { in: ids } },
        select: { id: true, semver: true },
      });
      const semverOf = new Map(versions.map((version) => [version.id, version.semver]));
      return content.bundles.map(({ bundleId, slug, versionId }) => ({
        bundleId,
        slug,
        label: `${slug} ${semverOf.get(versionId) ?? ""}`,
        href: `/versions/${versionId}`,
        draftId: null,
      }));
    }
  }
}

function reviewView(review: Review, status: ChangeView["status"]): ReviewView {
  if (review.withdrawnAt) return { ...review, staleBecause: `${review.reviewerName} took it back` };
  if (review.dismissedAt) return { ...review, staleBecause: review.dismissedReason ?? "It was dismissed" };
  const approval = status.approvals.find((one) => one.reviewId === review.id);
  return { ...review, staleBecause: approval?.staleBecause ?? null };
}

/** What the viewer has not seen since they last approved. */
async function sinceApproval(
  reader: Reader,
  request: ChangeRequest,
  seen: { readonly content: ChangeContent; readonly reviews: readonly Review[]; readonly personId: string },
): Promise<ChangeView["sinceMyApproval"]> {
  const mine = seen.reviews.findLast((one) => one.reviewerId === seen.personId && one.verdict === "approve");
  if (!mine || mine.withdrawnAt || mine.contentDigest === request.contentDigest) return null;
  const earlier = await contentOf(reader, request, mine.contentRevision);
  return { revision: mine.contentRevision, texts: textsBetween(earlier, seen.content) };
}

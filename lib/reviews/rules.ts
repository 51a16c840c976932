import type { Actor } from "#lib/access/actor.ts";
import { assertMay, type Holder, may } from "#lib/access/may.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { coverageOf, listInWords } from "./approvals.ts";
import type { ChangeRequest, Review, Verdict, Voice } from "./model.ts";
import { isEditable, isUnderReview, stateAfter, stateInWords } from "./states.ts";

/** As much of a request as permissions depend on. */
type Place = Pick<ChangeRequest, "systemId" | "environments">;

/** Somebody who acts on a request. `personId`: themselves, or for a token the person whom it speaks for. */
export type Speaker = { readonly actor: Actor; readonly personId: string };

/** Whether the permission is held for the system, or for at least one environment that the change reaches. */
export function mayForSome(actor: Holder, permission: Permission, place: Place): boolean {
  const { systemId, environments } = place;
  return (
    may(actor, permission, { systemId }) ||
    environments.some((one) => may(actor, permission, { systemId, environment: one }))
  );
}

/** Whether the permission is held for every environment that the change reaches. */
export function mayForAll(actor: Holder, permission: Permission, place: Place): boolean {
  const { systemId, environments } = place;
  if (environments.length === 0) return may(actor, permission, { systemId });
  return environments.every((environment) => may(actor, permission, { systemId, environment }));
}

/** @throws Refusal `forbidden` */
export function assertMayForSome(actor: Actor, permission: Permission, place: Place): void {
  if (!mayForSome(actor, permission, place)) assertMay(actor, permission, { systemId: place.systemId });
}

/** @throws Refusal `forbidden` naming the first environment that is out of reach */
export function assertMayForAll(actor: Actor, permission: Permission, place: Place): void {
  const { systemId, environments } = place;
  if (environments.length === 0) assertMay(actor, permission, { systemId });
  for (const environment of environments) assertMay(actor, permission, { systemId, environment });
}

/** Compare-and-set by the caller's eyes: what they saw must be what there is. @throws Refusal `conflict` */
export function assertSeenRevision(request: ChangeRequest, seen: number | undefined): void {
  if (seen === undefined || seen === request.revision) return;
  throw new Refusal("conflict", "Someone else changed this request after you opened it; reload to see what they did", {
    details: { revision: request.revision },
  });
}

/** Only the author opens a draft, and takes a request out of review. @throws Refusal `forbidden` or `conflict` */
export function assertMayMoveOwn(
  request: ChangeRequest,
  { actor, personId }: Speaker,
  transition: "open" | "recall",
): void {
  stateAfter(request.state, transition);
  assertMayForAll(actor, "change:create", request);
  if (request.authorId === personId) return;
  throw new Refusal("forbidden", `Only ${request.authorName}, who proposed it, can ${transition} this change`);
}

/**
 * Authors close and reopen their own; anyone else needs the permission everywhere the change reaches.
 * @throws Refusal `forbidden` or `conflict`
 */
export function assertMayClose(
  request: ChangeRequest,
  { actor, personId }: Speaker,
  transition: "close" | "reopen",
): void {
  stateAfter(request.state, transition);
  if (request.authorId !== personId) assertMayForAll(actor, "change:close", request);
}

/** Putting into effect, now or at a time. The gates have their own say. @throws Refusal `forbidden` or `conflict` */
export function assertMayApply(request: ChangeRequest, { actor }: Speaker): void {
  assertMayForAll(actor, "change:apply", request);
  if (!isUnderReview(request.state)) stateAfter(request.state, "apply");
}

/** A schedule is a promise about what is approved. @throws Refusal `forbidden` or `conflict` */
export function assertMaySchedule(request: ChangeRequest, { actor }: Speaker): void {
  assertMayForAll(actor, "change:apply", request);
  stateAfter(request.state, "apply");
}

/** @throws Refusal `forbidden` or `conflict` */
export function assertMayUnschedule(request: ChangeRequest, { actor }: Speaker): void {
  assertMayForAll(actor, "change:apply", request);
  if (request.scheduleState === "none") throw new Refusal("conflict", "This change is not scheduled");
}

/** A change goes on under somebody else only when its author has left. @throws Refusal `forbidden` or `conflict` */
export function assertMayClaim(request: ChangeRequest, { actor }: Speaker, author: Voice | undefined): void {
  assertMayForAll(actor, "change:create", request);
  assertEditable(request);
  if (!author?.isActive) return;
  throw new Refusal("conflict", `${author.name} is active and remains the author; ask them to close or recall it`);
}

/** Anyone who may propose such a change may edit it, and becomes one of its authors. @throws Refusal `forbidden` or `conflict` */
export function assertMayEdit(request: ChangeRequest, { actor }: Speaker): void {
  assertMayForAll(actor, "change:create", request);
  assertEditable(request);
}

/** @throws Refusal `conflict` when the content is settled for good */
export function assertEditable(request: ChangeRequest): void {
  if (isEditable(request.state)) return;
  const hint = request.state === "closed" ? "reopen it first" : "propose a new one";
  throw new Refusal("conflict", `A change that is ${stateInWords(request.state)} cannot be edited; ${hint}`);
}

/**
 * Four eyes: a verdict comes from a person who wrote no part of the content, who saw exactly this content, and who may
 * speak for at least one environment it reaches. Which ones it covers is the answer.
 * @throws Refusal `forbidden` or `conflict`
 */
export function assertMayReview(
  request: ChangeRequest,
  { actor, personId }: Speaker,
  review: { readonly verdict: Verdict; readonly seenDigest: string },
): readonly string[] {
  if (!isUnderReview(request.state) && review.verdict !== "comment") {
    throw new Refusal("conflict", `A change that is ${stateInWords(request.state)} takes no verdict`);
  }
  if (review.seenDigest !== request.contentDigest) {
    throw new Refusal("conflict", "This change was edited after you opened it; reload to see what it is now", {
      details: { contentDigest: request.contentDigest, contentRevision: request.contentRevision },
    });
  }
  if (review.verdict === "comment") {
    assertMayForSome(actor, "change:comment", request);
    return [];
  }
  if (actor.kind !== "person") {
    throw new Refusal("forbidden", "A machine may open a change and comment on it; a verdict is a person's");
  }
  if (request.contributors.includes(personId)) {
    const verb = review.verdict === "approve" ? "approve" : "send back";
    throw new Refusal("forbidden", `You wrote part of this change, so you cannot ${verb} it; someone else has to`);
  }
  const covered = coverageOf(actor, request.systemId, request.environments);
  if (covered.length === 0) {
    const where = listInWords(request.environments);
    throw new Refusal("forbidden", `You need the permission change:approve for ${where || "this system"}`);
  }
  return covered;
}

/** @throws Refusal `forbidden` or `conflict` */
export function assertMayWithdraw(review: Review, request: ChangeRequest, { personId }: Speaker): void {
  if (review.reviewerId !== personId) throw new Refusal("forbidden", "Only who gave a verdict can take it back");
  assertStanding(review);
  assertVerdictsOpen(request);
}

/** Passing over a reviewer is an override, and never the authors' own. @throws Refusal `forbidden` or `conflict` */
export function assertMayDismiss(review: Review, request: ChangeRequest, { actor, personId }: Speaker): void {
  assertMayForAll(actor, "change:override", request);
  assertStanding(review);
  if (request.contributors.includes(personId)) {
    throw new Refusal("forbidden", "You wrote part of this change, so you cannot dismiss verdicts on it");
  }
  assertVerdictsOpen(request);
}

function assertVerdictsOpen(request: ChangeRequest): void {
  if (isUnderReview(request.state)) return;
  throw new Refusal("conflict", `The verdicts on a change that is ${stateInWords(request.state)} stay as they are`);
}

/** @throws Refusal `conflict` when the verdict no longer stands */
export function assertStanding(review: Review): void {
  if (review.verdict === "comment")
    throw new Refusal("conflict", "A comment is no verdict; there is nothing to take back");
  if (review.withdrawnAt !== null) throw new Refusal("conflict", "This verdict was taken back already");
  if (review.dismissedAt !== null) throw new Refusal("conflict", "This verdict was dismissed already");
}

import type { Actor } from "#lib/access/actor.ts";
import { assertMay, type Holder, may } from "#lib/access/may.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { coverageOf, listInWords } from "./approvals.ts";
import type { ChangeRequest, Review, Verdict } from "./model.ts";
import { isEditable, isUnderReview, stateInWords } from "./states.ts";

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

/** Only the author may take a request out of review. @throws Refusal `forbidden` */
export function assertAuthor(request: ChangeRequest, { personId }: Speaker, verb: string): void {
  if (request.authorId === personId) return;
  throw new Refusal("forbidden", `Only ${request.authorName}, who proposed it, can ${verb} this change`);
}

/** Authors close their own; anyone else needs the permission everywhere the change reaches. @throws Refusal `forbidden` */
export function assertMayClose(request: ChangeRequest, { actor, personId }: Speaker): void {
  if (request.authorId === personId) return;
  assertMayForAll(actor, "change:close", request);
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
  if (!isUnderReview(request.state)) {
    throw new Refusal("conflict", `The verdicts on a change that is ${stateInWords(request.state)} stay as they are`);
  }
}

/** @throws Refusal `conflict` when the verdict no longer stands */
export function assertStanding(review: Review): void {
  if (review.verdict === "comment")
    throw new Refusal("conflict", "A comment is no verdict; there is nothing to take back");
  if (review.withdrawnAt !== null) throw new Refusal("conflict", "This verdict was taken back already");
  if (review.dismissedAt !== null) throw new Refusal("conflict", "This verdict was dismissed already");
}

import { listInWords } from "#lib/reviews/approvals.ts";
import { isUnderReview, stateInWords } from "#lib/reviews/states.ts";
import { changeHref, type GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** The approvals are of exactly this content, still count, and together cover every environment that it reaches. */
export function approvals(facts: GateFacts): Finding {
  const { request, status } = facts.review;
  const isOpen = isUnderReview(request.state);
  const counting = status.approvals.filter((one) => one.staleBecause === null);
  const stale = status.approvals.flatMap((one) =>
    one.staleBecause === null
      ? []
      : [{ item: one.reviewId, message: `${one.reviewerName}'s approval does not count: ${one.staleBecause}` }],
  );
  const needed = status.needed.map((message) => ({ item: message, message }));
  const isGiven = isOpen && status.isApproved;
  const by = listInWords(counting.map((one) => one.reviewerName));
  return {
    id: "approvals",
    title: "Approvals",
    status: isGiven ? "passed" : status.blockers.length > 0 || !isOpen ? "failed" : "pending",
    isBlocking: true,
    summary: isGiven ? (by ? `Approved by ${by}` : "Policy asks for no approval") : whyNot(facts, isOpen),
    items: isGiven ? [] : [...needed, ...stale].map((one) => ({ ...one, href: changeHref(facts) })),
    clearedBy: whoCan(facts),
    override: "change:override",
    href: changeHref(facts),
  };
}

function whyNot(facts: GateFacts, isOpen: boolean): string {
  const { request, status } = facts.review;
  if (!isOpen) return `It is ${stateInWords(request.state)}`;
  return status.needed.join("; ");
}

const SHOWN = 4;

function whoCan(facts: GateFacts): string {
  const given = facts.review.status.approvals.filter((one) => one.staleBecause === null).map((one) => one.reviewerId);
  const names = facts.approvers.filter((voice) => !given.includes(voice.id)).map((voice) => voice.name);
  if (names.length === 0) return "Nobody who has not approved yet may approve here; an administrator can grant a role";
  if (names.length <= SHOWN) return listInWords(names);
  return listInWords([
    ...names.slice(0, SHOWN),
    names.length - SHOWN === 1 ? "one other" : `${names.length - SHOWN} others`,
  ]);
}

import { nameOf } from "#lib/hot-patches/rules.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { type GateFacts, isRollback } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** While a hot-patch owes its decision or its review, nothing more is promoted into its environment; a way back stays open. */
export function followUps(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (release === null) return null;
  const { overdue } = release;
  const items = [
    ...overdue.followUps.map((patch) => ({
      item: nameOf(patch),
      message: `${patch.followUp.ownerName} owes a decision on ${nameOf(patch)} (${patch.incident}) since ${formatUtc(patch.followUp.dueAt)}`,
      href: `/hot-patches/${patch.number}#follow-up`,
    })),
    ...overdue.reviews.map((patch) => ({
      item: `${nameOf(patch)}/review`,
      message: `Nobody has reviewed ${nameOf(patch)} of ${patch.filedByName}, due at ${formatUtc(patch.reviewDueAt)}`,
      href: `/hot-patches/${patch.number}#review`,
    })),
  ];
  const [first, ...more] = items;
  return {
    id: "follow_ups",
    title: "No overdue follow-up in the target",
    status: first ? "failed" : "passed",
    isBlocking: !isRollback(facts),
    summary: first
      ? `${first.message}${more.length === 0 ? "" : `, and ${more.length} more`}`
      : `No hot-patch in ${release.name} owes a decision or a review after its time`,
    items,
    clearedBy: "The owner of the follow-up, by deciding it; for a review, somebody who had no part in the hot-patch",
    override: "change:override",
    href: first?.href ?? "/hot-patches",
  };
}

import type { GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** After a rollback nothing is promoted until somebody lifts the hold; going further back stays possible. */
export function hold(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (facts.review.content.kind !== "promotion" || release === null) return null;
  const isHeld = release.heldAt !== null;
  return {
    id: "hold",
    title: "Hold",
    status: isHeld ? "failed" : "passed",
    isBlocking: true,
    summary: isHeld
      ? `${release.name} is on hold, by ${release.heldBy ?? "someone"}: ${release.heldReason ?? "no reason given"}`
      : `${release.name} is not on hold`,
    items: [],
    clearedBy: "A responder or an administrator, by lifting the hold",
    override: null,
    href: `/systems/${facts.system.slug}/environments/${release.environment}`,
  };
}

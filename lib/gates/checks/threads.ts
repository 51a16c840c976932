import { changeHref, type GateFacts } from "../facts.ts";
import { counted, type Finding } from "../finding.ts";

export function threads(facts: GateFacts): Finding {
  const items = facts.openThreads.map((thread) => ({
    item: thread.id,
    message: "An unresolved conversation",
    href: changeHref(facts, `#thread-${thread.id}`),
  }));
  const mustBeResolved = facts.review.requirements.threadsMustBeResolved;
  return {
    id: "threads",
    title: "Conversations",
    status: items.length === 0 ? "passed" : "failed",
    isBlocking: mustBeResolved,
    summary:
      items.length === 0
        ? "Every conversation is resolved"
        : `${counted(items.length, "conversation")} unresolved${mustBeResolved ? "" : ", which policy allows"}`,
    items,
    clearedBy: "Anyone who may comment, by resolving them",
    override: "change:override",
    href: changeHref(facts),
  };
}

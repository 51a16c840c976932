import { changeHref, type GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** What the content builds on is still what there is. Never overridden: somebody else's change would be lost. */
export function contentCurrent(facts: GateFacts): Finding {
  const items = facts.moved.map(({ bundle, message }) => ({
    item: bundle ?? "rules",
    message,
    href: changeHref(facts, "/rebase"),
  }));
  return {
    id: "content_current",
    title: "Up to date",
    status: items.length === 0 ? "passed" : "failed",
    isBlocking: true,
    summary:
      items.length === 0
        ? "It builds on what there is now"
        : `What it builds on has moved: ${items.map((one) => one.message).join("; ")}. Rebase it`,
    items,
    clearedBy: "Its author, or anyone who may edit it, by rebasing",
    override: null,
    href: changeHref(facts, "/rebase"),
  };
}

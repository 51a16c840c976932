import { type GateFacts, isRequired, type ReleaseFacts } from "../facts.ts";
import { counted, type Finding } from "../finding.ts";

/**
 * What runs in the target is what was declared there, so that what is deployed takes the place of what is known. Blocks
 * a promotion where policy asks for it; a way back always stays open.
 */
export function drift(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (release === null) return null;
  const { system } = facts;
  const items = release.target.flatMap(({ findings }) =>
    findings.map(({ number, summary }) => ({
      item: `F-${number}`,
      message: `F-${number}: ${summary}`,
      href: `/drift/${number}`,
    })),
  );
  const unknown = release.target.flatMap(({ bundle, sync }) =>
    sync === "stale" || sync === "unknown" ? [bundle] : [],
  );
  return {
    id: "drift",
    title: "Drift in the target",
    status: items.length > 0 ? "failed" : unknown.length > 0 ? "pending" : "passed",
    isBlocking: facts.review.content.kind === "promotion" && isRequired(facts, "drift"),
    summary: summaryOf(release, items.length, unknown),
    items,
    clearedBy: "Whoever restores what is declared, or accepts what runs",
    override: "change:override",
    href: `/drift?system=${system.slug}&environment=${release.environment}`,
  };
}

function summaryOf({ name, target }: ReleaseFacts, open: number, unknown: readonly string[]): string {
  if (open > 0) return `${name} runs something else than is declared there: ${counted(open, "open finding")}`;
  if (unknown.length > 0) {
    return `What ${name} runs of ${unknown.join(", ")} is not known: nothing that can be read was reported in time`;
  }
  return target.some(({ sync }) => sync !== null)
    ? `${name} runs what is declared there`
    : `No runtime reports in ${name}`;
}

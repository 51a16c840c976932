import { humanDuration } from "#lib/kernel/time.ts";
import { changeHref, type GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** The version stays in the stage before for as long as policy asks, before it goes on. */
export function soak(facts: GateFacts): Finding | null {
  const { release } = facts;
  const { soakMinutes } = facts.review.requirements;
  if (facts.review.content.kind !== "promotion" || release?.stageBefore == null) return null;
  const stage = release.stageBefore;
  const items = release.passages
    .filter((passage) => passage.soakedMinutes < soakMinutes)
    .map((passage) => {
      const left = humanDuration((soakMinutes - passage.soakedMinutes) * 60_000);
      return {
        item: passage.bundle,
        message: `${passage.bundle} ${passage.semver} needs ${left} more in ${stage.name}`,
      };
    });
  return {
    id: "soak",
    title: "Soak",
    status: items.length === 0 ? "passed" : "pending",
    isBlocking: soakMinutes > 0,
    summary:
      items[0]?.message ??
      (soakMinutes > 0
        ? `It ran in ${stage.name} for ${humanDuration(soakMinutes * 60_000)} or longer`
        : "Policy asks for no soak time"),
    items,
    clearedBy: "Time",
    override: "change:override",
    href: changeHref(facts, "/checks#soak"),
  };
}

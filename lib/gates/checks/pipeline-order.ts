import { changeHref, type GateFacts, type Passage } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** Promotion goes through the pipeline in order, and what is promoted is the same version, by digest. Never overridden. */
export function pipelineOrder(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (facts.review.content.kind !== "promotion" || release === null) return null;
  const { stageBefore } = release;
  const items = release.passages.flatMap((passage) => {
    const name = `${passage.bundle} ${passage.semver}`;
    if (!passage.isSameVersion) {
      return [{ item: passage.bundle, message: `${name} is not the version that was approved: its digest differs` }];
    }
    if (stageBefore === null || passage.hasPassed) return [];
    const href = `/systems/${facts.system.slug}/environments/${stageBefore.slug}`;
    return [{ item: passage.bundle, message: `${name} ${outcomeIn(stageBefore.name, passage)}`, href }];
  });
  return {
    id: "pipeline_order",
    title: "Order of the pipeline",
    status: items.length === 0 ? "passed" : "failed",
    isBlocking: true,
    summary:
      items[0]?.message ?? (stageBefore ? `It went through ${stageBefore.name}` : `${release.name} is the first stage`),
    items,
    clearedBy: stageBefore ? `A promotion into ${stageBefore.name}` : "A new request",
    override: null,
    href: stageBefore ? `/systems/${facts.system.slug}/environments/${stageBefore.slug}` : changeHref(facts),
  };
}

/** What became of a version that did not get through a stage, to go after its name. */
export function outcomeIn(stage: string, { fellBy }: Pick<Passage, "fellBy">): string {
  switch (fellBy) {
    case null:
      return `has not been through ${stage}`;
    case "failed":
      return `was deployed to ${stage}, but failed there`;
    case "rolled_back":
      return `was deployed to ${stage}, but was rolled back there`;
  }
}

import { environmentsTouched } from "#lib/bundles/effective.ts";
import type { BundleDocument } from "#lib/bundles/model.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { Json } from "#lib/kernel/json.ts";
import type { ChangeContent, ContentDigest } from "./model.ts";

/** What approvals name: the digest of the whole content, comments in its texts included. Server only (hashing). */
export function contentDigest(content: ChangeContent): ContentDigest {
  return digestOf(asJson(content));
}

/** Content is JSON by its type's definition, optional members aside, which JSON leaves out. */
function asJson(content: ChangeContent): Json {
  return content as unknown as Json;
}

export type FootprintFacts = {
  /** Slugs of the system's environments, in order. */
  readonly environments: readonly string[];
  /** What each changed bundle's version builds on, by bundle id; absent for a first version. */
  readonly baseDocuments: ReadonlyMap<string, BundleDocument>;
};

/**
 * The environments that a content reaches, in the pipeline's order. New versions reach those whose effective
 * configuration becomes another one; when there is none such (an overlay already said so), and for rules, all of them:
 * nothing that changes is ever out of everybody's reach.
 */
export function footprint(content: ChangeContent, facts: FootprintFacts): readonly string[] {
  switch (content.kind) {
    case "promotion":
    case "rollback":
      return [content.environment];
    case "rules":
      return facts.environments;
    case "version": {
      const touched = content.bundles.flatMap((bundle) =>
        environmentsTouched(facts.baseDocuments.get(bundle.bundleId) ?? null, bundle, facts.environments),
      );
      const reached = facts.environments.filter((environment) => touched.includes(environment));
      return reached.length > 0 ? reached : facts.environments;
    }
  }
}

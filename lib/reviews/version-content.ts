import { parameterChanges } from "#lib/bundles/changes.ts";
import { proposeSemver } from "#lib/bundles/semver.ts";
import { latestVersion, versionById } from "#lib/bundles/store.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";
import type { TakenDraft } from "./drafts.ts";
import type { VersionContent } from "./model.ts";
import { bySlug } from "./release-content.ts";

type Bundle = VersionContent["bundles"][number];
/** A bundle's next version before it has its number. */
export type Unnumbered = Omit<Bundle, "semver">;

/** What these drafts propose. @throws Refusal `invalid` when one of them changes nothing */
export async function versionContent(
  reader: Reader,
  systemId: string,
  drafts: readonly TakenDraft[],
): Promise<VersionContent> {
  const bundles: Bundle[] = [];
  for (const draft of drafts) {
    const base = draft.baseVersionId ? await versionById(reader, draft.baseVersionId) : null;
    if (base?.digest === draft.digest) {
      throw new Refusal(
        "invalid",
        `The draft of ${draft.bundle.name} says the same as ${base.semver}; there is nothing to review`,
      );
    }
    const bundle = {
      bundleId: draft.bundle.id,
      slug: draft.bundle.slug,
      draftId: draft.id,
      baseVersionId: draft.baseVersionId,
      base: draft.document.base,
      overlays: draft.document.overlays,
      source: draft.source,
      digest: draft.digest,
    };
    bundles.push(await numbered(reader, systemId, bundle));
  }
  return { kind: "version", bundles: bySlug(bundles) };
}

/** Gives the next version its semantic version, from what changes since the one that it builds on. */
export async function numbered(reader: Reader, systemId: string, bundle: Unnumbered): Promise<Bundle> {
  const base = bundle.baseVersionId ? await versionById(reader, bundle.baseVersionId) : null;
  const newest = await latestVersion(reader, bundle.bundleId);
  const { rules } = await currentRules(reader, systemId);
  const environments = (await environmentsOf(reader, systemId)).map((one) => one.slug);
  const changes = parameterChanges({
    bundle: bundle.slug,
    before: base?.document ?? null,
    after: bundle,
    environments,
    rules,
  });
  // Numbers follow the newest version even where the content still builds on an older one: they are never taken twice.
  const { semver } = proposeSemver(newest?.semver ?? null, changes);
  return { ...bundle, semver };
}

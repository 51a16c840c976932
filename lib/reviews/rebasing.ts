import { documentDigest } from "#lib/bundles/digests.ts";
import { sourceFromJson } from "#lib/bundles/edit-source.ts";
import type { BundleDocument, BundleSource } from "#lib/bundles/model.ts";
import { latestVersion, versionById } from "#lib/bundles/store.ts";
import type { Reader } from "#lib/platform/db.ts";
import { currentRules, rulesOfVersion } from "#lib/systems/store.ts";
import type { ChangeContent, RulesContent, VersionContent } from "./model.ts";
import { assertKnownBundles, type RebaseConflict, type Resolution, rebaseDocument, rebaseRules } from "./rebase.ts";
import { retargeted } from "./release-content.ts";
import { numbered } from "./version-content.ts";

/** The content on top of what there is now, and what a person has to decide before it can be taken. */
export type Rebasing = { readonly content: ChangeContent; readonly conflicts: readonly RebaseConflict[] };

const NOTHING: BundleDocument = { base: {}, overlays: {} };

/** Merges a content with what took effect since it was written. @throws Refusal `invalid` for a decision nobody asked for */
export async function rebased(
  reader: Reader,
  systemId: string,
  { content, resolutions }: { readonly content: ChangeContent; readonly resolutions: readonly Resolution[] },
): Promise<Rebasing> {
  switch (content.kind) {
    case "promotion":
    case "rollback":
      assertKnownBundles(resolutions, []);
      return { content: await retargeted(reader, systemId, content), conflicts: [] };
    case "rules":
      assertKnownBundles(resolutions, [null]);
      return rebasedRules(reader, { systemId, content }, resolutions);
    case "version":
      assertKnownBundles(
        resolutions,
        content.bundles.map((bundle) => bundle.slug),
      );
      return rebasedVersions(reader, { systemId, content }, resolutions);
  }
}

async function rebasedRules(
  reader: Reader,
  { systemId, content }: { readonly systemId: string; readonly content: RulesContent },
  resolutions: readonly Resolution[],
): Promise<Rebasing> {
  const current = await currentRules(reader, systemId);
  const base = await rulesOfVersion(reader, content.baseRulesId);
  const sides = { base, ours: content.rules, theirs: current.rules };
  const { merged, conflicts } = rebaseRules(sides, resolutions);
  return { content: { kind: "rules", baseRulesId: current.id, rules: merged }, conflicts };
}

async function rebasedVersions(
  reader: Reader,
  { systemId, content }: { readonly systemId: string; readonly content: VersionContent },
  resolutions: readonly Resolution[],
): Promise<Rebasing> {
  const conflicts: RebaseConflict[] = [];
  const bundles: VersionContent["bundles"][number][] = [];
  for (const bundle of content.bundles) {
    const newest = await latestVersion(reader, bundle.bundleId);
    if (newest === null || newest.id === bundle.baseVersionId) {
      bundles.push(bundle);
      continue;
    }
    const base = bundle.baseVersionId ? (await versionById(reader, bundle.baseVersionId)).document : NOTHING;
    const sides = { base, ours: documentOfBundle(bundle), theirs: newest.document };
    const { merged, conflicts: open } = rebaseDocument(bundle.slug, sides, resolutions);
    conflicts.push(...open);
    const next = {
      ...bundle,
      ...merged,
      baseVersionId: newest.id,
      source: rewrittenSource(bundle.source, merged),
      digest: documentDigest(merged),
    };
    bundles.push(await numbered(reader, systemId, next));
  }
  return { content: { kind: "version", bundles }, conflicts };
}

function documentOfBundle({ base, overlays }: BundleDocument): BundleDocument {
  return { base, overlays };
}

/** The author's own texts, changed only where the merge changed something, comments kept. */
function rewrittenSource(source: BundleSource, merged: BundleDocument): BundleSource {
  const overlays = Object.entries(merged.overlays).map(([environment, overlay]) => [
    environment,
    sourceFromJson(overlay, source.overlays[environment] ?? ""),
  ]);
  return { base: sourceFromJson(merged.base, source.base), overlays: Object.fromEntries(overlays) };
}

import { compareEffective, parameterChanges } from "#lib/bundles/changes.ts";
import { effectiveValue } from "#lib/bundles/effective.ts";
import type { BundleDocument, ParameterChange } from "#lib/bundles/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { EnvironmentRef, Rules } from "#lib/systems/model.ts";
import { environmentsOf, rulesOfVersion } from "#lib/systems/store.ts";
import { footprint } from "./content.ts";
import type { ChangeContent, Touch } from "./model.ts";
import { touchesOf, touchesOfRules } from "./touches.ts";

/** What one environment gets of one bundle, before and after. */
export type EffectivePair = {
  readonly bundleId: string;
  readonly bundle: string;
  readonly environment: string;
  /** Null: nothing was there. */
  readonly before: JsonObject | null;
  readonly after: JsonObject;
};

/** What a content does, wherever it does it. */
export type Consequences = {
  readonly environments: readonly EnvironmentRef[];
  /** Slugs of those that the content reaches. */
  readonly reaches: readonly string[];
  readonly pairs: readonly EffectivePair[];
  readonly changes: readonly ParameterChange[];
  readonly touches: readonly Touch[];
  /** Documents that new versions build on, by bundle id. */
  readonly baseDocuments: ReadonlyMap<string, BundleDocument>;
};

/** Finds what a content does, judged by the rules in force: new rules never lower the bar for themselves. */
export async function consequencesOf(
  reader: Reader,
  content: ChangeContent,
  system: { readonly id: string; readonly rules: Rules },
): Promise<Consequences> {
  const environments = await environmentsOf(reader, system.id);
  const slugs = environments.map((one) => one.slug);
  const baseDocuments = await baseDocumentsOf(reader, content);
  const reaches = footprint(content, { environments: slugs, baseDocuments });
  const common = { environments, reaches, baseDocuments };
  switch (content.kind) {
    case "rules": {
      const touches = touchesOfRules(await rulesOfVersion(reader, content.baseRulesId), content.rules, reaches);
      return { ...common, pairs: [], changes: [], touches };
    }
    case "version": {
      const pairs = content.bundles.flatMap((bundle) =>
        versionPairs(bundle, baseDocuments.get(bundle.bundleId), slugs),
      );
      const changes = content.bundles.flatMap((bundle) =>
        parameterChanges({
          bundle: bundle.slug,
          before: baseDocuments.get(bundle.bundleId) ?? null,
          after: bundle,
          environments: slugs,
          rules: system.rules,
        }),
      );
      return { ...common, pairs, changes, touches: touchesOf(changes, reaches) };
    }
    case "promotion":
    case "rollback": {
      const pairs = await deploymentPairs(reader, content);
      const changes = pairs.flatMap(({ bundle, environment, before, after }) =>
        compareEffective({ bundle, before, after, environment, rules: system.rules }),
      );
      return { ...common, pairs, changes, touches: touchesOf(changes, reaches) };
    }
  }
}

/** What new versions build on, by bundle id. */
export async function baseDocumentsOf(
  reader: Reader,
  content: ChangeContent,
): Promise<ReadonlyMap<string, BundleDocument>> {
  if (content.kind !== "version") return new Map();
  const ids = content.bundles.flatMap((bundle) => bundle.baseVersionId ?? []);
  const rows = await reader.bundleVersion.findMany({
    where: { id: { in: ids } },
    select: { bundleId: true, base: true, overlays: true },
  });
  return new Map(rows.map((row) => [row.bundleId, documentOf(row)]));
}

/** The document of a stored version. */
export function documentOf(row: { readonly base: unknown; readonly overlays: unknown }): BundleDocument {
  return { base: row.base as JsonObject, overlays: row.overlays as Record<string, JsonObject> };
}

function versionPairs(
  bundle: BundleDocument & { readonly bundleId: string; readonly slug: string },
  base: BundleDocument | undefined,
  environments: readonly string[],
): readonly EffectivePair[] {
  return environments.map((environment) => ({
    bundleId: bundle.bundleId,
    bundle: bundle.slug,
    environment,
    before: base ? effectiveValue(base, environment) : null,
    after: effectiveValue(bundle, environment),
  }));
}

async function deploymentPairs(
  reader: Reader,
  content: Extract<ChangeContent, { readonly kind: "promotion" | "rollback" }>,
): Promise<readonly EffectivePair[]> {
  const snapshotIds = content.bundles.flatMap((bundle) => [
    ...(bundle.replacesSnapshotId ? [bundle.replacesSnapshotId] : []),
    ...("snapshotId" in bundle ? [bundle.snapshotId] : []),
  ]);
  const snapshots = await reader.snapshot.findMany({
    where: { id: { in: snapshotIds } },
    select: { id: true, effective: true },
  });
  const versionIds = content.bundles.map((bundle) => bundle.versionId);
  const versions = await reader.bundleVersion.findMany({ where: { id: { in: versionIds } } });
  const captured = new Map(snapshots.map((one) => [one.id, one.effective as JsonObject]));
  const documents = new Map(versions.map((one) => [one.id, documentOf(one)]));
  return content.bundles.map((bundle) => {
    const document = documents.get(bundle.versionId);
    const promoted = document ? effectiveValue(document, content.environment) : {};
    return {
      bundleId: bundle.bundleId,
      bundle: bundle.slug,
      environment: content.environment,
      before: bundle.replacesSnapshotId ? (captured.get(bundle.replacesSnapshotId) ?? null) : null,
      after: "snapshotId" in bundle ? (captured.get(bundle.snapshotId) ?? {}) : promoted,
    };
  });
}

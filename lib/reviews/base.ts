import type { Reader } from "#lib/platform/db.ts";
import { currentRules, environmentBySlug } from "#lib/systems/store.ts";
import type { ChangeContent } from "./model.ts";
import { currentSnapshots } from "./release-content.ts";

/** Something that a content builds on and that is no longer what it was. */
export type MovedBase = {
  /** Slug of the bundle; null: the system's rules. */
  readonly bundle: string | null;
  /** A sentence. */
  readonly message: string;
};

/** Where the world has moved since the content was written; empty when a content can take effect as it is. */
export async function movedBases(
  reader: Reader,
  systemId: string,
  content: ChangeContent,
): Promise<readonly MovedBase[]> {
  switch (content.kind) {
    case "rules": {
      const current = await currentRules(reader, systemId);
      if (current.id === content.baseRulesId) return [];
      return [{ bundle: null, message: `The rules have moved on to version ${current.sequence}` }];
    }
    case "version": {
      const newest = await newestVersions(
        reader,
        content.bundles.map((bundle) => bundle.bundleId),
      );
      return content.bundles.flatMap((bundle) => {
        const latest = newest.get(bundle.bundleId);
        if ((latest?.id ?? null) === bundle.baseVersionId) return [];
        return [{ bundle: bundle.slug, message: `${bundle.slug} has moved on to ${latest?.semver ?? "nothing"}` }];
      });
    }
    case "promotion":
    case "rollback": {
      const environment = await environmentBySlug(reader, systemId, content.environment);
      const running = await currentSnapshots(reader, environment.id);
      return content.bundles.flatMap((bundle) => {
        if ((running.get(bundle.bundleId)?.snapshotId ?? null) === bundle.replacesSnapshotId) return [];
        return [
          { bundle: bundle.slug, message: `${environment.name} runs another ${bundle.slug} since this was written` },
        ];
      });
    }
  }
}

async function newestVersions(reader: Reader, bundleIds: readonly string[]) {
  const rows = await reader.bundleVersion.findMany({
    where: { bundleId: { in: [...bundleIds] } },
    orderBy: [{ bundleId: "asc" }, { sequence: "desc" }],
    distinct: ["bundleId"],
    select: { id: true, bundleId: true, semver: true },
  });
  return new Map(rows.map((row) => [row.bundleId, row]));
}

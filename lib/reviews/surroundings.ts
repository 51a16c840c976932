import type { Actor } from "#lib/access/actor.ts";
import { diffJson, type JsonChange } from "#lib/kernel/diff.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Rules } from "#lib/systems/model.ts";
import type { Consequences } from "./consequences.ts";
import type { ChangeContent, ChangeRequest } from "./model.ts";
import { keyedRules, rulesAsJson } from "./rules-merge.ts";
import type { Surroundings } from "./view.ts";

export async function surroundingsOf(
  reader: Reader,
  around: {
    readonly request: ChangeRequest;
    readonly content: ChangeContent;
    readonly consequences: Consequences;
    readonly viewer: { readonly actor: Actor; readonly personId: string };
  },
): Promise<Surroundings> {
  const { request, content, consequences, viewer } = around;
  const author = await reader.person.findUnique({
    where: { id: request.authorId },
    select: { deactivatedAt: true },
  });
  return {
    viewerId: viewer.personId,
    viewerName: viewer.actor.name,
    isAuthorActive: author === null || author.deactivatedAt === null,
    pipeline: consequences.environments.map(({ slug, name }) => ({ slug, name })),
    comesFrom: await comesFrom(reader, content),
    draftsAhead: await draftsAhead(reader, request, content),
    ruleChanges: content.kind === "rules" ? await ruleChanges(reader, content) : [],
  };
}

/** Versions that a content builds on or replaces, by bundle. */
async function comesFrom(reader: Reader, content: ChangeContent): Promise<Readonly<Record<string, string>>> {
  switch (content.kind) {
    case "rules":
      return {};
    case "version": {
      const ids = content.bundles.flatMap((bundle) => bundle.baseVersionId ?? []);
      const versions = await reader.bundleVersion.findMany({
        where: { id: { in: ids } },
        select: { semver: true, bundle: { select: { slug: true } } },
      });
      return Object.fromEntries(versions.map((version) => [version.bundle.slug, version.semver]));
    }
    case "promotion":
    case "rollback": {
      const ids = content.bundles.flatMap((bundle) => bundle.replacesSnapshotId ?? []);
      const snapshots = await reader.snapshot.findMany({
        where: { id: { in: ids } },
        select: { bundle: { select: { slug: true } }, version: { select: { semver: true } } },
      });
      return Object.fromEntries(snapshots.map((snapshot) => [snapshot.bundle.slug, snapshot.version.semver]));
    }
  }
}

async function draftsAhead(reader: Reader, request: ChangeRequest, content: ChangeContent): Promise<readonly string[]> {
  if (content.kind !== "version") return [];
  const drafts = await reader.draft.findMany({
    where: { changeRequestId: request.id, state: "proposed" },
    select: { id: true, source: true },
  });
  return content.bundles.flatMap((bundle) => {
    const draft = drafts.find((one) => one.id === bundle.draftId);
    return draft && !jsonEqual(draft.source as Json, bundle.source) ? [bundle.slug] : [];
  });
}

async function ruleChanges(
  reader: Reader,
  content: Extract<ChangeContent, { readonly kind: "rules" }>,
): Promise<readonly JsonChange[]> {
  const base = await reader.rulesVersion.findUniqueOrThrow({ where: { id: content.baseRulesId } });
  const before = keyedRules(base.document as unknown as Rules);
  return diffJson(rulesAsJson(before), rulesAsJson(keyedRules(content.rules)));
}

import { z } from "zod";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { type Consequences, consequencesOf } from "#lib/reviews/consequences.ts";
import { takeDrafts } from "#lib/reviews/drafts.ts";
import { ProposePromotion, ProposeRollback, ProposeVersion } from "#lib/reviews/input.ts";
import type { ChangeContent } from "#lib/reviews/model.ts";
import { promotionContent, rollbackContent } from "#lib/reviews/release-content.ts";
import { type Requirements, requirementsOf } from "#lib/reviews/requirements.ts";
import { textsOf } from "#lib/reviews/texts.ts";
import { versionContent } from "#lib/reviews/version-content.ts";
import type { TextPair } from "#lib/reviews/view.ts";
import { OfSystem, Slug } from "#lib/systems/input.ts";
import type { ChangeKind } from "#lib/systems/model.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf, systemBySlug } from "#lib/systems/store.ts";

const RECENT_VERSIONS = 20;

/** What a new request can be about: open drafts, and versions with where each runs. */
export const listProposable = query(
  {
    name: "change.options",
    may: "system:read",
    on: ofSystem,
    input: OfSystem,
    summary:
      "List what a new change request of a system can carry: open drafts, and recent versions with where they run",
    http: { method: "GET", path: "/systems/{system}/changes/options" },
  },
  async ({ db, input }) => {
    const system = await systemBySlug(db, input.system);
    const [environments, bundles, drafts, running] = await Promise.all([
      environmentsOf(db, system.id),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: {
          id: true,
          slug: true,
          name: true,
          versions: {
            orderBy: { sequence: "desc" },
            take: RECENT_VERSIONS,
            select: { id: true, semver: true, digest: true, note: true, createdAt: true },
          },
        },
      }),
      db.draft.findMany({
        where: { bundle: { systemId: system.id, archivedAt: null }, state: "open" },
        orderBy: { updatedAt: "desc" },
        take: 100,
        select: {
          id: true,
          title: true,
          updatedAt: true,
          updatedBy: true,
          bundle: { select: { slug: true, name: true } },
          baseVersion: { select: { semver: true } },
        },
      }),
      db.deployment.findMany({
        where: { isCurrent: true, bundle: { systemId: system.id } },
        select: {
          bundleId: true,
          environmentId: true,
          createdAt: true,
          snapshot: { select: { number: true, versionId: true, version: { select: { semver: true } } } },
        },
      }),
    ]);
    return {
      system,
      environments,
      drafts,
      bundles: bundles.map((bundle) => ({
        ...bundle,
        running: running
          .filter((one) => one.bundleId === bundle.id)
          .map(({ environmentId, createdAt, snapshot }) => ({
            environment: environments.find((one) => one.id === environmentId)?.slug ?? "",
            since: createdAt,
            snapshot: snapshot.number,
            versionId: snapshot.versionId,
            semver: snapshot.version.semver,
          })),
      })),
    };
  },
);

const Repeated = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(item).min(1).max(50));

export const PreviewChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("version"), system: Slug, drafts: Repeated(ProposeVersion.shape.drafts.element) }),
  z.object({
    kind: z.literal("promotion"),
    system: Slug,
    environment: Slug,
    versions: Repeated(ProposePromotion.shape.versions.element),
  }),
  z.object({
    kind: z.literal("rollback"),
    system: Slug,
    environment: Slug,
    snapshots: Repeated(ProposeRollback.shape.snapshots.element),
  }),
]);
type PreviewInput = z.output<typeof PreviewChange>;

export type ChangePreview = {
  readonly kind: Exclude<ChangeKind, "rules">;
  /** What applying it makes or deploys: slug and number. */
  readonly labels: readonly string[];
  readonly reaches: readonly string[];
  readonly changes: Consequences["changes"];
  readonly texts: readonly TextPair[];
  readonly requirements: Requirements;
};

/** What a request would say if it were proposed now. @throws Refusal with the reason why it can't be */
export const previewChange = query(
  {
    name: "change.preview",
    may: "system:read",
    on: ({ tx, input }) => ofSystem({ tx, input }),
    input: PreviewChange,
    summary: "Show what a change request would change and need, without proposing it",
    http: { method: "GET", path: "/systems/{system}/changes/preview" },
  },
  async ({ db, input }): Promise<ChangePreview> => {
    const system = await systemBySlug(db, input.system);
    const content = await contentFor(db, system.id, input);
    const { rules } = await currentRules(db, system.id);
    const consequences = await consequencesOf(db, content, { id: system.id, rules });
    return {
      kind: input.kind,
      labels: await labelsOf(db, content),
      reaches: consequences.reaches,
      changes: consequences.changes,
      texts: await textsOf(db, content, consequences),
      requirements: requirementsOf(rules.policies, { kind: input.kind, touches: consequences.touches }),
    };
  },
);

async function contentFor(reader: Reader, systemId: string, input: PreviewInput): Promise<ChangeContent> {
  switch (input.kind) {
    case "version":
      return versionContent(reader, systemId, await takeDrafts(reader, input.drafts, { systemId, carriedBy: null }));
    case "promotion":
      return promotionContent(reader, { systemId, environment: input.environment }, input.versions);
    case "rollback":
      return rollbackContent(reader, { systemId, environment: input.environment }, input.snapshots);
  }
}

async function labelsOf(reader: Reader, content: ChangeContent): Promise<readonly string[]> {
  switch (content.kind) {
    case "version":
      return content.bundles.map((bundle) => `${bundle.slug} ${bundle.semver}`);
    case "promotion":
    case "rollback": {
      const versions = await reader.bundleVersion.findMany({
        where: { id: { in: content.bundles.map((bundle) => bundle.versionId) } },
        select: { semver: true, bundle: { select: { slug: true } } },
      });
      return versions.map((version) => `${version.bundle.slug} ${version.semver}`);
    }
    case "rules":
      throw new Refusal("invalid", "Rules are proposed from the system's settings");
  }
}

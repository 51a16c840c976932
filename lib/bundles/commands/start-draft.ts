import { StartDraft } from "#lib/bundles/input.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import { bundleBySlug, insertDraft, latestVersion, versionById } from "#lib/bundles/store.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ofSystem } from "#lib/systems/scope.ts";

const EMPTY: BundleSource = { base: "{}\n", overlays: {} };

export const startDraft = command(
  {
    name: "draft.start",
    may: "bundle:edit",
    on: ofSystem,
    input: StartDraft,
    summary: "Start a working copy of a bundle from its newest version, or from the version named",
    http: { method: "POST", path: "/systems/{system}/bundles/{bundle}/drafts" },
  },
  async ({ tx, actor, now, input }) => {
    const bundle = await bundleBySlug(tx, input.system, input.bundle);
    if (bundle.archivedAt) throw new Refusal("conflict", `${bundle.name} is archived; no drafts can be started`);
    const base = input.fromVersion ? await versionById(tx, input.fromVersion) : await latestVersion(tx, bundle.id);
    if (base && base.bundleId !== bundle.id) throw new Refusal("invalid", "This version belongs to another bundle");
    const draftId = await insertDraft(
      tx,
      {
        bundleId: bundle.id,
        authorId: actor.id,
        authorName: actor.name,
        baseVersionId: base?.id ?? null,
        title: input.title,
        source: base?.source ?? EMPTY,
      },
      now,
    );
    return {
      result: { draftId },
      audit: [
        {
          action: "draft.started",
          subject: { type: "draft", id: draftId },
          summary: `${actor.name} started a draft of ${bundle.name}${base ? ` from ${base.semver}` : ""}`,
          systemId: bundle.systemId,
        },
      ],
    };
  },
);

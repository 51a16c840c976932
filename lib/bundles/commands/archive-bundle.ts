import { ArchiveBundle } from "#lib/bundles/input.ts";
import { archiveRow, bundleBySlug } from "#lib/bundles/store.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ofSystem } from "#lib/systems/scope.ts";

export const archiveBundle = command(
  {
    name: "bundle.archive",
    may: "system:manage",
    on: ofSystem,
    input: ArchiveBundle,
    summary: "Archive a bundle that runs nowhere and that no open request refers to; its history stays",
    http: { method: "POST", path: "/systems/{system}/bundles/{bundle}/archive" },
  },
  async ({ tx, actor, now, input }) => {
    const bundle = await bundleBySlug(tx, input.system, input.bundle);
    const running = await tx.deployment.findFirst({
      where: { bundleId: bundle.id, isCurrent: true },
      select: { environment: { select: { name: true } } },
    });
    if (running)
      throw new Refusal("conflict", `${bundle.name} is deployed in ${running.environment.name}; it cannot be archived`);
    const proposed = await tx.draft.findFirst({
      where: { bundleId: bundle.id, state: "proposed" },
      select: { changeRequestId: true },
    });
    if (proposed)
      throw new Refusal("conflict", "An open change request refers to this bundle; apply or close it first");
    await archiveRow(tx, { id: bundle.id, revision: input.revision }, now);
    return {
      result: { bundle: bundle.slug },
      audit: [
        {
          action: "bundle.archived",
          subject: { type: "bundle", id: `${input.system}/${bundle.slug}` },
          summary: `${actor.name} archived the bundle ${bundle.name}`,
          systemId: bundle.systemId,
          reason: input.reason,
        },
      ],
    };
  },
);

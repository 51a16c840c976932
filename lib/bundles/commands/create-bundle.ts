import { CreateBundle } from "#lib/bundles/input.ts";
import { insertBundle } from "#lib/bundles/store.ts";
import { command } from "#lib/command.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { systemBySlug } from "#lib/systems/store.ts";

export const createBundle = command(
  {
    name: "bundle.create",
    may: "bundle:create",
    on: ofSystem,
    input: CreateBundle,
    summary: "Add a bundle to a system",
    http: { method: "POST", path: "/systems/{system}/bundles" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemBySlug(tx, input.system);
    const { slug, name, description } = input;
    const id = await insertBundle(tx, { systemId: system.id, slug, name, description }, now);
    return {
      result: { id, system: system.slug, bundle: slug },
      audit: [
        {
          action: "bundle.created",
          subject: { type: "bundle", id: `${system.slug}/${slug}` },
          summary: `${actor.name} added the bundle ${name} to ${system.name}`,
          systemId: system.id,
        },
      ],
    };
  },
);

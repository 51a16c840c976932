import { command } from "#lib/command.ts";
import { AddEnvironment } from "#lib/systems/input.ts";
import { assertRulesEditable } from "#lib/systems/rules.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { environmentsOf, insertEnvironment, systemBySlug, updateSystem } from "#lib/systems/store.ts";

export const addEnvironment = command(
  {
    name: "environment.add",
    may: "system:manage",
    on: ofSystem,
    input: AddEnvironment,
    summary: "Add an environment at the end of a system's pipeline, before the system is protected",
    http: { method: "POST", path: "/systems/{system}/environments" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemBySlug(tx, input.system);
    assertRulesEditable(system);
    await updateSystem(tx, { id: system.id, revision: input.revision }, {});
    const last = (await environmentsOf(tx, system.id)).at(-1);
    const position = (last?.position ?? 0) + 1;
    const id = await insertEnvironment(tx, { systemId: system.id, slug: input.slug, name: input.name, position }, now);
    return {
      result: { id, slug: input.slug, position },
      audit: [
        {
          action: "environment.added",
          subject: { type: "environment", id: `${system.slug}/${input.slug}` },
          summary: `${actor.name} added the environment ${input.name} to ${system.name}`,
          systemId: system.id,
          environment: input.slug,
        },
      ],
    };
  },
);

import { command } from "#lib/command.ts";
import { ProtectSystem } from "#lib/systems/input.ts";
import { assertNotProtected } from "#lib/systems/rules.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { systemBySlug, updateSystem } from "#lib/systems/store.ts";

export const protectSystem = command(
  {
    name: "system.protect",
    may: "system:manage",
    on: ofSystem,
    input: ProtectSystem,
    summary: "From now on, let the system's rules change only by change request",
    http: { method: "POST", path: "/systems/{system}/protection" },
  },
  async ({ tx, actor, input }) => {
    const system = await systemBySlug(tx, input.system);
    assertNotProtected(system);
    await updateSystem(tx, { id: system.id, revision: input.revision }, { isProtected: true });
    return {
      result: { system: system.slug },
      audit: [
        {
          action: "system.protected",
          subject: { type: "system", id: system.slug },
          summary: `${actor.name} protected ${system.name}: its rules now change only by change request`,
          systemId: system.id,
          reason: input.reason,
        },
      ],
    };
  },
);

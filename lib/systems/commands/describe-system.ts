import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import { DescribeSystem } from "#lib/systems/input.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { updateSystem } from "#lib/systems/store.ts";

export const describeSystem = command(
  {
    name: "system.describe",
    may: "system:manage",
    on: ofSystem,
    input: DescribeSystem,
    summary: "Change a system's name, description, owning team or risk tier",
    http: { method: "PATCH", path: "/systems/{system}" },
  },
  async ({ tx, actor, input }) => {
    const before = await tx.system.findUniqueOrThrow({ where: { slug: input.system } });
    const { system: _, revision, ...after } = input;
    await updateSystem(tx, { id: before.id, revision }, after);
    const { name, description, owningTeam, riskTier } = before;
    return {
      result: { system: input.system },
      audit: [
        {
          action: "system.described",
          subject: { type: "system", id: before.slug },
          summary: `${actor.name} changed the description of ${before.name}`,
          systemId: before.id,
          detail: changesDetail({ name, description, owningTeam, riskTier }, after),
        },
      ],
    };
  },
);

import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { EditRules } from "#lib/systems/input.ts";
import { assertRulesEditable } from "#lib/systems/rules.ts";
import { assertRulesHold } from "#lib/systems/rules-check.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf, insertRules, systemBySlug } from "#lib/systems/store.ts";

export const editRules = command(
  {
    name: "rules.edit",
    may: "system:manage",
    on: ofSystem,
    input: EditRules,
    summary: "Replace the catalogue, constraints, dependencies and policies of a system that is not protected",
    http: { method: "PUT", path: "/systems/{system}/rules" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemBySlug(tx, input.system);
    assertRulesEditable(system);
    const before = await currentRules(tx, system.id);
    if (before.id !== input.baseRulesId) {
      throw new Refusal(
        "conflict",
        "Someone else changed these rules after you opened them; reload to see their change",
      );
    }
    const environments = await environmentsOf(tx, system.id);
    const groups = await tx.group.findMany({ select: { slug: true } });
    assertRulesHold(input.rules, {
      environments: environments.map((one) => one.slug),
      groups: groups.map((one) => one.slug),
    });
    const after = await insertRules(
      tx,
      {
        systemId: system.id,
        follows: before.sequence,
        rules: input.rules,
        reason: input.reason,
        changeRequestId: null,
        createdBy: actor.name,
      },
      now,
    );
    return {
      result: { sequence: after.sequence, digest: after.digest },
      audit: [
        {
          action: "rules.changed",
          subject: { type: "rules", id: `${system.slug}/${after.sequence}` },
          summary: `${actor.name} changed the rules of ${system.name} (version ${after.sequence})`,
          systemId: system.id,
          reason: input.reason,
          detail: changesDetail(before.rules as unknown as Json, after.rules as unknown as Json),
        },
      ],
    };
  },
);

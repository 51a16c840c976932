import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ProposeRules } from "#lib/reviews/input.ts";
import { answerOf, propose, systemToPropose } from "#lib/reviews/proposing.ts";
import { assertUsableRules } from "#lib/reviews/rules-content.ts";
import { currentRules } from "#lib/systems/store.ts";

export const proposeRules = command(
  {
    name: "change.proposeRules",
    may: "rules:propose",
    on: "anywhere",
    input: ProposeRules,
    summary: "Propose a new catalogue, constraints, dependencies and policies for a system",
    http: { method: "POST", path: "/systems/{system}/changes/rules" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemToPropose(tx, actor, input.system);
    const base = await currentRules(tx, system.id);
    if (base.id !== input.baseRulesId) {
      throw new Refusal("conflict", "These rules changed after you opened them; reload to see what they are now");
    }
    const content = { kind: "rules", baseRulesId: base.id, rules: input.rules } as const;
    await assertUsableRules(tx, system.id, { before: base.rules, after: input.rules });
    const step = await propose(tx, { ...input, system, content, contributors: [] }, { actor, now });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

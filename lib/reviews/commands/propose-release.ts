import { command } from "#lib/command.ts";
import { ProposePromotion, ProposeRollback } from "#lib/reviews/input.ts";
import { answerOf, propose, systemToPropose } from "#lib/reviews/proposing.ts";
import { promotionContent, rollbackContent } from "#lib/reviews/release-content.ts";

export const proposePromotion = command(
  {
    name: "change.proposePromotion",
    may: "change:create",
    on: "anywhere",
    input: ProposePromotion,
    summary: "Propose to deploy versions into an environment",
    http: { method: "POST", path: "/systems/{system}/changes/promotion" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemToPropose(tx, actor, input.system);
    const target = { systemId: system.id, environment: input.environment };
    const content = await promotionContent(tx, target, input.versions);
    const step = await propose(tx, { ...input, system, content, contributors: [] }, { actor, now });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

export const proposeRollback = command(
  {
    name: "change.proposeRollback",
    may: "change:create",
    on: "anywhere",
    input: ProposeRollback,
    summary: "Propose to deploy earlier snapshots of an environment again",
    http: { method: "POST", path: "/systems/{system}/changes/rollback" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemToPropose(tx, actor, input.system);
    const target = { systemId: system.id, environment: input.environment };
    const content = await rollbackContent(tx, target, input.snapshots);
    const step = await propose(tx, { ...input, system, content, contributors: [] }, { actor, now });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

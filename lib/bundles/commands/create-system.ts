import { insertBundle, insertDraft } from "#lib/bundles/store.ts";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import { command } from "#lib/command.ts";
import { CreateSystem } from "#lib/systems/input.ts";
import { insertEnvironment, insertRules, insertSystem } from "#lib/systems/store.ts";

/** Lives here and not in systems, because a template brings its first bundles along. */
export const createSystem = command(
  {
    name: "system.create",
    may: "system:create",
    on: "everywhere",
    input: CreateSystem,
    summary: "Put an AI system under governance, starting from a template",
    http: { method: "POST", path: "/systems" },
  },
  async ({ tx, actor, now, input }) => {
    const template = TEMPLATE_OF[input.template];
    const systemId = await insertSystem(tx, input, now);
    for (const [index, environment] of template.environments.entries()) {
      await insertEnvironment(tx, { systemId, ...environment, position: index + 1 }, now);
    }
    await insertRules(
      tx,
      {
        systemId,
        follows: 0,
        rules: template.rules,
        reason: `From the template ${template.title}`,
        changeRequestId: null,
        createdBy: actor.name,
      },
      now,
    );
    for (const { source, ...bundle } of template.bundles) {
      const bundleId = await insertBundle(tx, { systemId, ...bundle }, now);
      await insertDraft(
        tx,
        { bundleId, authorId: actor.id, authorName: actor.name, baseVersionId: null, title: "First version", source },
        now,
      );
    }
    return {
      result: { id: systemId, system: input.slug },
      audit: [
        {
          action: "system.created",
          subject: { type: "system", id: input.slug },
          summary: `${actor.name} created the system ${input.name} from the template ${template.title}`,
          systemId,
          detail: { template: template.name, owningTeam: input.owningTeam, riskTier: input.riskTier },
        },
      ],
    };
  },
);

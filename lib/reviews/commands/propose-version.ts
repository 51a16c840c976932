import { command } from "#lib/command.ts";
import { claimDrafts, takeDrafts, writersOf } from "#lib/reviews/drafts.ts";
import { ProposeVersion } from "#lib/reviews/input.ts";
import { answerOf, propose, systemToPropose } from "#lib/reviews/proposing.ts";
import { versionContent } from "#lib/reviews/version-content.ts";

/** Whoever saved one of the drafts has written part of the content, and so cannot approve it. */
export const proposeVersion = command(
  {
    name: "change.proposeVersion",
    may: "change:create",
    on: "anywhere",
    input: ProposeVersion,
    summary: "Propose the drafts of one or several bundles as new versions, applied together or not at all",
    http: { method: "POST", path: "/systems/{system}/changes/version" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemToPropose(tx, actor, input.system);
    const drafts = await takeDrafts(tx, input.drafts, { systemId: system.id, carriedBy: null });
    const content = await versionContent(tx, system.id, drafts);
    const contributors = await writersOf(tx, input.drafts);
    const step = await propose(tx, { ...input, system, content, contributors }, { actor, now });
    await claimDrafts(tx, drafts, { request: step.request, by: actor.name, now });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

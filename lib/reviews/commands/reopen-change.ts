import { command } from "#lib/command.ts";
import { claimDrafts, takeDrafts } from "#lib/reviews/drafts.ts";
import { MoveChangeWithReason } from "#lib/reviews/input.ts";
import { contentOf, lockChange } from "#lib/reviews/load.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { assertMayClose, assertSeenRevision } from "#lib/reviews/rules.ts";
import { beginReview } from "#lib/reviews/settle.ts";
import { dismissApprovals } from "#lib/reviews/store-reviews.ts";

/** Approvals from before do not count again: reviewers look at what the world has become meanwhile. */
export const reopenChange = command(
  {
    name: "change.reopen",
    may: "system:read",
    on: "anywhere",
    input: MoveChangeWithReason,
    summary: "Reopen a closed request for review",
    http: { method: "POST", path: "/changes/{number}/reopen" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayClose(request, await speakerOf(tx, actor), "reopen");
    const content = await contentOf(tx, request);
    if (content.kind === "version") {
      const free = await tx.draft.findMany({
        where: { id: { in: content.bundles.map((bundle) => bundle.draftId) }, state: "open" },
        select: { id: true },
      });
      const around = { systemId: request.systemId, carriedBy: request.id };
      const drafts = await takeDrafts(
        tx,
        free.map((draft) => draft.id),
        around,
      );
      await claimDrafts(tx, drafts, { request, by: actor.name, now });
    }
    await dismissApprovals(tx, request, { reason: "The change was closed and reopened", at: now });
    const step = await beginReview(tx, request, { actor, now, transition: "reopen", reason: input.reason });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

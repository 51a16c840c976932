import type { BundleSource } from "#lib/bundles/model.ts";
import { updateDraft } from "#lib/bundles/store.ts";
import { command } from "#lib/command.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { movedBases } from "#lib/reviews/base.ts";
import { RebaseChange } from "#lib/reviews/input.ts";
import { contentOf, lockChange } from "#lib/reviews/load.ts";
import type { ChangeContent, ChangeRequest } from "#lib/reviews/model.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { rebased } from "#lib/reviews/rebasing.ts";
import { revise } from "#lib/reviews/revising.ts";
import { assertMayEdit, assertSeenRevision } from "#lib/reviews/rules.ts";
import type { Doing } from "#lib/reviews/settle.ts";

/** Merges what took effect meanwhile; only places that both sides changed differently are left to a person. */
export const rebaseChange = command(
  {
    name: "change.rebase",
    may: "change:create",
    on: "anywhere",
    input: RebaseChange,
    summary: "Put a request on top of what took effect since it was written, parameter by parameter",
    http: { method: "POST", path: "/changes/{number}/rebase" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    assertMayEdit(request, await speakerOf(tx, actor));
    const before = await contentOf(tx, request);
    const moved = await movedBases(tx, request.systemId, before);
    if (moved.length === 0) throw new Refusal("conflict", "This change is up to date; there is nothing to rebase on");
    const { content, conflicts } = await rebased(tx, request.systemId, {
      content: before,
      resolutions: input.resolutions,
    });
    if (conflicts.length > 0) {
      const count = conflicts.length === 1 ? "1 parameter was" : `${conflicts.length} parameters were`;
      throw new Refusal("conflict", `${count} changed on both sides; decide each of them`, { details: { conflicts } });
    }
    await carryDrafts(tx, request, { before, after: content }, { actor, now });
    const revision = { content, contributors: [], action: "change.rebased", verb: "rebased" } as const;
    const step = await revise(tx, request, revision, { actor, now });
    return { result: answerOf(step.request), audit: step.audit, notify: step.notify };
  },
);

/** The drafts go on from the merged text. @throws Refusal `conflict` when one holds text that the request does not */
async function carryDrafts(
  tx: Tx,
  request: ChangeRequest,
  { before, after }: { readonly before: ChangeContent; readonly after: ChangeContent },
  { actor, now }: Doing,
): Promise<void> {
  if (before.kind !== "version" || after.kind !== "version") return;
  for (const bundle of after.bundles) {
    const old = before.bundles.find((one) => one.bundleId === bundle.bundleId);
    const draft = await tx.draft.findFirst({
      where: { id: bundle.draftId, state: "proposed", changeRequestId: request.id },
    });
    if (!draft || !old || old.baseVersionId === bundle.baseVersionId) continue;
    if (!isSameText(draft.source, old.source)) {
      throw new Refusal(
        "conflict",
        `The draft of ${bundle.slug} has text that is not in this request yet; update the request from it first`,
      );
    }
    const change = { source: bundle.source, baseVersionId: bundle.baseVersionId, by: actor.name, now };
    await updateDraft(tx, draft, change);
  }
}

function isSameText(stored: unknown, source: BundleSource): boolean {
  return jsonEqual(stored as Json, source);
}

import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { currentRules } from "#lib/systems/store.ts";
import { consequencesOf } from "./consequences.ts";
import { contentDigest } from "./content.ts";
import { reviewsOf } from "./load.ts";
import type { ChangeContent, ChangeRequest } from "./model.ts";
import { speakerOf } from "./people.ts";
import { assertEditable, assertMayForAll } from "./rules.ts";
import { type Doing, type Step, settle, unscheduled } from "./settle.ts";
import { insertContent, updateChange } from "./store.ts";
import { dismissApprovals } from "./store-reviews.ts";
import { changeInWords, changeLine, noticeTo } from "./words.ts";

export type Revision = {
  readonly content: ChangeContent;
  /** People who wrote part of it, besides who submits it. */
  readonly contributors: readonly string[];
  readonly action: "change.edited" | "change.rebased";
  /** `edited`, `rebased`. */
  readonly verb: string;
};

/**
 * A new revision of a request's content: every approval is dismissed, its giver told, its schedule ended, and whoever
 * wrote it joins the authors.
 * @throws Refusal `forbidden` when it reaches, or no longer reaches, an environment that the actor may not change
 */
export async function revise(tx: Tx, request: ChangeRequest, revision: Revision, doing: Doing): Promise<Step> {
  assertEditable(request);
  const { actor, now } = doing;
  const { content } = revision;
  if (contentDigest(content) === request.contentDigest) {
    throw new Refusal("conflict", "This says the same as the request does already; there is nothing to update");
  }
  const { rules } = await currentRules(tx, request.systemId);
  const { reaches } = await consequencesOf(tx, content, { id: request.systemId, rules });
  const environments = [...new Set([...request.environments, ...reaches])];
  const permission = content.kind === "rules" ? "rules:propose" : "change:create";
  assertMayForAll(actor, permission, { systemId: request.systemId, environments });

  const { personId } = await speakerOf(tx, actor);
  const contentRevision = request.contentRevision + 1;
  const row = { changeRequestId: request.id, revision: contentRevision, content, createdBy: actor.name };
  const digest = await insertContent(tx, row, now);
  const approvers = (await reviewsOf(tx, request))
    .filter((review) => review.verdict !== "comment" && review.withdrawnAt === null)
    .map((review) => review.reviewerId);
  const reason = `${actor.name} ${revision.verb} the content (revision ${contentRevision})`;
  const dismissed = await dismissApprovals(tx, request, { reason, at: now });
  const revised = await updateChange(
    tx,
    request,
    {
      ...unscheduled(request),
      contentRevision,
      contentDigest: digest,
      environments: reaches,
      contributors: [...new Set([...request.contributors, personId, ...revision.contributors])],
    },
    now,
  );
  const text = `${actor.name} ${revision.verb} ${changeInWords(request)}`;
  const line = changeLine(revised, {
    action: revision.action,
    summary:
      dismissed > 0 ? `${text}, which dismissed ${dismissed === 1 ? "1 approval" : `${dismissed} approvals`}` : text,
    detail: {
      contentRevision,
      changes: [
        { pointer: "/contentDigest", before: request.contentDigest, after: digest },
        ...(request.environments.join() === reaches.join()
          ? []
          : [{ pointer: "/environments", before: [...request.environments], after: [...reaches] }]),
      ],
      dismissedApprovals: dismissed,
    },
  });
  const settled = await settle(tx, revised, doing);
  return {
    request: settled.request,
    audit: [line, ...settled.audit],
    notify: [
      ...noticeTo(approvers, { request, actorId: actor.id, kind: "change.edited", text: `${text} after your review` }),
      ...settled.notify,
    ],
  };
}

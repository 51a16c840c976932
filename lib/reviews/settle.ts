import type { Actor } from "#lib/access/actor.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import type { Tx } from "#lib/platform/db.ts";
import { exceptionsInForce } from "./exceptions.ts";
import { loadReviewFacts, type ReviewFacts } from "./facts.ts";
import type { ChangeRequest } from "./model.ts";
import { possibleApprovers } from "./people.ts";
import { isUnderReview, pathTo, settledState, stateAfter, type Transition } from "./states.ts";
import { type ChangePatch, updateChange } from "./store.ts";
import { changeInWords, changeLine, type Notice, noticeTo } from "./words.ts";

/** Who does something, and when. */
export type Doing = { readonly actor: Actor; readonly now: Date };

/** What a step of a command did; a command may put several together. */
export type Step<Lines = readonly [AuditLine, ...AuditLine[]]> = {
  readonly request: ChangeRequest;
  readonly audit: Lines;
  readonly notify: readonly Notice[];
};

/**
 * Puts a request under review into the state that its reviewers' words give it, after something was said or edited.
 * A request that loses its approval loses its schedule too.
 */
export async function settle(tx: Tx, request: ChangeRequest, doing: Doing): Promise<Step<readonly AuditLine[]>> {
  if (!isUnderReview(request.state)) return { request, audit: [], notify: [] };
  const facts = await loadReviewFacts(tx, request, doing.now);
  const target = settledState({
    isSentBack: facts.status.isSentBack,
    isApproved: facts.status.isApproved || isApprovalOverridden(facts, doing.now),
  });
  let moved = request;
  const audit: AuditLine[] = [];
  const notify: Notice[] = [];
  for (const transition of pathTo(request.state, target)) {
    const patch = transition === "approve" ? {} : unscheduled(moved);
    moved = await updateChange(tx, moved, { ...patch, state: stateAfter(moved.state, transition) }, doing.now);
    audit.push(stateLine(moved, transition, facts));
  }
  if (moved.state !== request.state) {
    const text = stateText(moved);
    notify.push(
      ...noticeTo(moved.contributors, { request: moved, actorId: doing.actor.id, kind: `change.${moved.state}`, text }),
    );
  }
  return { request: moved, audit, notify };
}

/** Whether somebody set the approvals aside for exactly this content. */
export function isApprovalOverridden(facts: ReviewFacts, now: Date): boolean {
  return exceptionsInForce({ ...facts, now }).some((one) => one.gate === "approvals" && one.item === null);
}

/** What ends a schedule; nothing when there is none. */
export function unscheduled(request: ChangeRequest): ChangePatch {
  if (request.scheduleState === "none") return {};
  return { scheduleState: "none", scheduledFor: null, scheduledBy: null, scheduleAttempts: 0, scheduleNote: null };
}

/** Moves a draft or closed request into review, tells those who can approve it, and settles it. */
export async function beginReview(
  tx: Tx,
  request: ChangeRequest,
  doing: Doing & { readonly transition: "open" | "reopen"; readonly reason?: string },
): Promise<Step> {
  const { actor, now, transition, reason } = doing;
  const state = stateAfter(request.state, transition);
  const opened = await updateChange(tx, request, { state, closedReason: null }, now);
  const approvers = (await possibleApprovers(tx, opened, now)).map((voice) => voice.id);
  const verb = transition === "open" ? "opened" : "reopened";
  const line = changeLine(opened, {
    action: transition === "open" ? "change.opened" : "change.reopened",
    summary: `${actor.name} ${verb} ${changeInWords(opened)} for review`,
    reason: reason ?? opened.reason,
    detail: { contentDigest: opened.contentDigest, environments: [...opened.environments] },
  });
  const text = `${actor.name} asks for your review of ${changeInWords(opened)}`;
  const settled = await settle(tx, opened, { actor, now });
  return {
    request: settled.request,
    audit: [line, ...settled.audit],
    notify: [
      ...(settled.request.state === "approved"
        ? []
        : noticeTo(approvers, { request: opened, actorId: actor.id, kind: "change.review_wanted", text })),
      ...settled.notify,
    ],
  };
}

function stateLine(request: ChangeRequest, transition: Transition, facts: ReviewFacts): AuditLine {
  const name = changeInWords(request);
  if (transition === "approve") {
    const approvals = facts.status.approvals.filter((one) => one.staleBecause === null);
    const how = approvals.length === 0 ? "needs no approval" : "has every approval it needs";
    return changeLine(request, {
      action: "change.approved",
      summary: `${name} ${facts.status.isApproved ? how : "is approved by an override"}`,
      detail: { contentDigest: request.contentDigest, approvals: approvals.map(({ reviewerName }) => reviewerName) },
    });
  }
  if (transition === "request_changes") {
    return changeLine(request, { action: "change.sent_back", summary: `${name} waits for its author` });
  }
  return changeLine(request, {
    action: "change.review_resumed",
    summary: `${name} waits for reviewers again`,
    detail: { needed: [...facts.status.needed] },
  });
}

function stateText(request: ChangeRequest): string {
  const name = changeInWords(request);
  if (request.state === "approved") return `${name} is approved and can be applied`;
  return request.state === "changes_requested" ? `${name} needs changes` : `${name} waits for reviewers again`;
}

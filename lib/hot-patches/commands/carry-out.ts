import { command } from "#lib/command.ts";
import { alertAbout, whereIs } from "#lib/hot-patches/alerting.ts";
import { endingIn, recordEnd } from "#lib/hot-patches/ending.ts";
import { OfHotPatch } from "#lib/hot-patches/input.ts";
import { lockHotPatch } from "#lib/hot-patches/load.ts";
import type { HotPatch } from "#lib/hot-patches/model.ts";
import { isOverdue, isReviewOverdue, nameOf, stateAfter } from "#lib/hot-patches/rules.ts";
import { ofHotPatch } from "#lib/hot-patches/scope.ts";
import { recordEvents, updateHotPatch } from "#lib/hot-patches/store.ts";
import { pageDue, warningsDue } from "#lib/hot-patches/time.ts";
import { changesInWords, noticeTo, patchLine } from "#lib/hot-patches/words.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc, humanDuration } from "#lib/kernel/time.ts";
import type { Tx } from "#lib/platform/db.ts";
import { closeUnused } from "./answer-request.ts";
import { answerOf } from "./file-hot-patch.ts";

/** Writes down how a patch ended whose time is over; what is served and declared followed from its end already. */
export const settleHotPatch = command(
  {
    name: "hotPatch.settle",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: OfHotPatch,
    summary: "Record how a hot-patch ended whose time is over",
  },
  async ({ tx, actor, now, input }) => {
    const patch = await lockHotPatch(tx, input.number, actor);
    if (patch.state !== "active") stateAfter(patch, "revert");
    if (patch.expiresAt.getTime() > now.getTime()) {
      throw new Refusal("conflict", `${nameOf(patch)} lasts until ${formatUtc(patch.expiresAt)}`);
    }
    const ending = await endingIn(tx, patch, now);
    if (ending.kind === "kept" || ending.kind === "leaving") {
      throw new Refusal("conflict", `${nameOf(patch)} is over, and there is nothing to record of it yet`);
    }
    const over = ending.kind === "absorbed" ? patch : await noLongerKept(tx, patch);
    // It ended when it was over, however late this is written down; what people must look at ends when it is found.
    const at = ending.kind === "escalated" || !patch.revertsAtExpiry ? now : patch.expiresAt;
    const ended = await recordEnd(tx, over, { ...ending, at, by: actor.name }, now);
    const [line, ...more] = ended.audit;
    if (!line) throw new Error("An end without an audit line");
    return {
      result: answerOf(ended.patch),
      audit: [line, ...more],
      outbox: ended.outbox,
      notify: ended.notify,
    };
  },
);

async function noLongerKept(tx: Tx, patch: HotPatch): Promise<HotPatch> {
  return patch.revertsAtExpiry ? patch : updateHotPatch(tx, patch, { revertsAtExpiry: true });
}

/** Nobody answered a request in time. */
export const lapseHotPatch = command(
  {
    name: "hotPatch.lapse",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: OfHotPatch,
    summary: "Let a requested hot-patch lapse that nobody answered in time",
  },
  async ({ tx, actor, now, input }) => {
    const seen = await lockHotPatch(tx, input.number, actor);
    const state = stateAfter(seen, "lapse");
    if (seen.expiresAt.getTime() > now.getTime()) {
      throw new Refusal("conflict", `${nameOf(seen)} can be answered until ${formatUtc(seen.expiresAt)}`);
    }
    const note = "Nobody answered in time";
    await closeUnused(tx, seen, { by: actor.name, at: now });
    const end = { state, endedAt: seen.expiresAt, endedBy: actor.name, endNote: note };
    const patch = await updateHotPatch(tx, seen, end);
    await recordEvents(tx, patch, [{ kind: "lapsed", by: actor.name, note }], now);
    const where = await whereIs(tx, patch);
    const text = `${nameOf(patch)} in ${where.environment.name} lapsed: nobody answered it in time`;
    return {
      result: answerOf(patch),
      audit: [patchLine(patch, where, { action: "hot_patch.lapsed", summary: text })],
      notify: noticeTo([patch.filedById], { patch, actorId: actor.id, kind: "hot_patch.lapsed", text }),
    };
  },
);

/** Half time, one hour, fifteen minutes. After an outage the most urgent one stands for those that were missed. */
export const warnOfEnd = command(
  {
    name: "hotPatch.warn",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: OfHotPatch,
    summary: "Warn that a hot-patch ends soon",
  },
  async ({ tx, actor, now, input }) => {
    const seen = await lockHotPatch(tx, input.number, actor);
    const due = warningsDue(seen, now);
    const urgent = due.at(-1);
    if (!urgent) throw new Refusal("conflict", `No warning about ${nameOf(seen)} is due`);
    const patch = await updateHotPatch(tx, seen, { warned: [...seen.warned, ...due] });
    const where = await whereIs(tx, patch);
    const left = humanDuration(patch.expiresAt.getTime() - now.getTime());
    const decided = patch.followUp.state === "decided" ? "" : " Decide its follow-up: make it permanent, or revert";
    await recordEvents(tx, patch, [{ kind: "warned", by: actor.name, note: `${left} left` }], now);
    const alert = {
      about: `warned/${patch.extensions.length}/${urgent}`,
      topic: "hot_patch",
      severity: urgent === "fifteen_minutes" ? "high" : "medium",
      title: `ends in ${left} in ${where.environment.name} of ${where.system.name}`,
      text: `${changesInWords(patch.changes)} goes back at ${formatUtc(patch.expiresAt)}.${decided}`,
      people: [patch.filedById, patch.followUp.ownerId],
    } as const;
    const told = await alertAbout(tx, patch, { where, alert, now });
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "hot_patch.warned",
          summary: `${nameOf(patch)} in ${where.environment.name} ends in ${left}`,
          detail: { warnings: [...due] },
        }),
      ],
      ...told,
    };
  },
);

/** Says again that a decision is overdue; once for each page. */
export const pageFollowUp = command(
  {
    name: "followUp.page",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: OfHotPatch,
    summary: "Page the owner of an overdue follow-up",
  },
  async ({ tx, actor, now, input }) => {
    const patch = await lockHotPatch(tx, input.number, actor);
    const page = pageDue(patch.followUp.dueAt, now);
    if (!isOverdue(patch.followUp, patch.state, now) || page === null) {
      throw new Refusal("conflict", `The follow-up of ${nameOf(patch)} is not overdue`);
    }
    const where = await whereIs(tx, patch);
    const late = humanDuration(now.getTime() - patch.followUp.dueAt.getTime());
    const alert = {
      about: followUpPage(page),
      topic: "follow_up",
      severity: "high",
      title: `its follow-up is overdue by ${late}`,
      text: `${patch.followUp.ownerName} has to decide: make it permanent, or revert. Promotions into ${where.environment.name} of ${where.system.name} wait for it`,
      people: [patch.followUp.ownerId],
    } as const;
    const told = await alertAbout(tx, patch, { where, alert, now });
    await recordEvents(tx, patch, [{ kind: "paged", by: actor.name, note: `Follow-up overdue by ${late}` }], now);
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "follow_up.overdue",
          subject: { type: "follow_up", id: nameOf(patch) },
          summary: `The follow-up of ${nameOf(patch)} is overdue by ${late}; ${patch.followUp.ownerName} was paged`,
          detail: { page },
        }),
      ],
      ...told,
    };
  },
);

export function followUpPage(page: number): string {
  return `follow_up/${page}`;
}

/** Says once that nobody has looked at a patch in time. */
export const escalateReview = command(
  {
    name: "hotPatch.escalateReview",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: OfHotPatch,
    summary: "Say that the review of a hot-patch is overdue",
  },
  async ({ tx, actor, now, input }) => {
    const patch = await lockHotPatch(tx, input.number, actor);
    if (!isReviewOverdue(patch, now)) throw new Refusal("conflict", `The review of ${nameOf(patch)} is not overdue`);
    const where = await whereIs(tx, patch);
    const alert = {
      about: REVIEW_OVERDUE,
      topic: "follow_up",
      severity: "high",
      title: "its review is overdue",
      text: `Somebody who had no part in it has to review it. Promotions into ${where.environment.name} of ${where.system.name} wait for it`,
      people: [patch.filedById],
    } as const;
    const told = await alertAbout(tx, patch, { where, alert, now });
    await recordEvents(tx, patch, [{ kind: "paged", by: actor.name, note: "Review overdue" }], now);
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "hot_patch.review_overdue",
          summary: `Nobody reviewed ${nameOf(patch)} in ${where.environment.name} by ${formatUtc(patch.reviewDueAt)}`,
        }),
      ],
      ...told,
    };
  },
);

export const REVIEW_OVERDUE = "review_overdue";

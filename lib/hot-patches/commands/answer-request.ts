import type { z } from "zod";
import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { whereIs } from "#lib/hot-patches/alerting.ts";
import { assertCanTakeEffect, examine } from "#lib/hot-patches/examine.ts";
import { ApproveHotPatch, EndRequest } from "#lib/hot-patches/input.ts";
import { lockHotPatch } from "#lib/hot-patches/load.ts";
import type { HotPatch } from "#lib/hot-patches/model.ts";
import { patchPlace } from "#lib/hot-patches/place.ts";
import { assertMayAnswer, assertMayWithdraw, nameOf, stateAfter } from "#lib/hot-patches/rules.ts";
import { ofHotPatch } from "#lib/hot-patches/scope.ts";
import { decideFollowUp, recordEvents, updateFollowUp, updateHotPatch } from "#lib/hot-patches/store.ts";
import { activationLines, tellOfPatch, waiverOf } from "#lib/hot-patches/taking-effect.ts";
import { timeToLive } from "#lib/hot-patches/time.ts";
import { noticeTo, patchLine } from "#lib/hot-patches/words.ts";
import type { Tx } from "#lib/platform/db.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf, type HotPatchAnswer } from "./file-hot-patch.ts";

/** The one approval that a request needs. Everything is looked at again: the place may have changed meanwhile. */
export const approveHotPatch = command(
  {
    name: "hotPatch.approve",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: ApproveHotPatch,
    summary: "Approve a requested hot-patch of somebody else, which thereby takes effect",
    http: { method: "POST", path: "/hot-patches/{number}/approval" },
  },
  async ({ tx, actor, now, input }): Promise<Outcome<HotPatchAnswer>> => {
    const requested = await lockHotPatch(tx, input.number, actor);
    assertMayAnswer(requested, await speakerOf(tx, actor), "approve", now);
    const where = await whereIs(tx, requested);
    const slugs = { system: where.system.slug, environment: where.environment.slug, bundle: where.bundle.slug };
    const place = await patchPlace(tx, slugs, now);
    const wanted = requested.changes.map(({ pointer, after }) => ({
      pointer,
      ...(after !== undefined && { value: after }),
    }));
    const examination = await examine(tx, place, { wanted, now });
    assertCanTakeEffect(examination);
    const { expiresAt } = timeToLive({
      asked: requested.minutes,
      level: requested.incidentLevel,
      policy: place.policy,
      from: now,
      ceilingAt: requested.ceilingAt,
    });
    const { afterDigest, beforeDigest, changes } = examination;
    await updateFollowUp(tx, requested, { dueAt: expiresAt });
    const patch = await updateHotPatch(tx, requested, {
      state: stateAfter(requested, "approve"),
      changes,
      baseSnapshotId: place.snapshot.id,
      beforeDigest,
      afterDigest,
      waiver: waiverOf({ ...requested, afterDigest, by: actor.name }),
      approvedById: actor.id,
      approvedByName: actor.name,
      activatedAt: now,
      expiresAt,
      reviewDueAt: new Date(now.getTime() + place.policy.reviewHours * 3_600_000),
    });
    const by = actor.name;
    await recordEvents(
      tx,
      patch,
      [
        { kind: "approved", by, note: input.note },
        { kind: "activated", by, note: "In force after its approval" },
      ],
      now,
    );
    const told = await tellOfPatch(tx, patch, { where, about: "in_force", by: actor.id, now });
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "hot_patch.approved",
          summary: `${by} approved ${nameOf(patch)} of ${patch.filedByName}`,
          ...(input.note !== "" && { reason: input.note }),
          detail: { afterDigest },
        }),
        ...activationLines(patch, where, by),
      ],
      ...told,
    };
  },
);

export const denyHotPatch = command(
  {
    name: "hotPatch.deny",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: EndRequest,
    summary: "Deny a requested hot-patch of somebody else",
    http: { method: "POST", path: "/hot-patches/{number}/denial" },
  },
  async (context) => {
    const { tx, actor, now, input } = context;
    const patch = await lockHotPatch(tx, input.number, actor);
    assertMayAnswer(patch, await speakerOf(tx, actor), "deny", now);
    return endRequest(context, patch, "denied");
  },
);

export const withdrawHotPatch = command(
  {
    name: "hotPatch.withdraw",
    may: "hot-patch:file",
    on: ofHotPatch,
    input: EndRequest,
    summary: "Take back a hot-patch of your own that nobody has answered yet",
    http: { method: "POST", path: "/hot-patches/{number}/withdrawal" },
  },
  async (context) => {
    const { tx, actor, input } = context;
    const patch = await lockHotPatch(tx, input.number, actor);
    assertMayWithdraw(patch, await speakerOf(tx, actor));
    return endRequest(context, patch, "withdrawn");
  },
);

async function endRequest(
  { tx, actor, now, input }: CommandContext<z.output<typeof EndRequest>>,
  requested: HotPatch,
  how: "denied" | "withdrawn",
): Promise<Outcome<HotPatchAnswer>> {
  const move = how === "denied" ? "deny" : "withdraw";
  const by = actor.name;
  const note = input.reason;
  await closeUnused(tx, requested, { by, at: now });
  const state = stateAfter(requested, move);
  const patch = await updateHotPatch(tx, requested, { state, endedAt: now, endedBy: by, endNote: note });
  await recordEvents(tx, patch, [{ kind: how, by, note }], now);
  const text = `${by} ${how === "denied" ? "denied" : "withdrew"} ${nameOf(patch)}: ${note}`;
  const where = await whereIs(tx, patch);
  return {
    result: answerOf(patch),
    audit: [patchLine(patch, where, { action: `hot_patch.${how}`, summary: text, reason: note })],
    notify: noticeTo([patch.filedById], { patch, actorId: actor.id, kind: `hot_patch.${how}`, text }),
  };
}

/** What never took effect owes nothing. */
export async function closeUnused(
  tx: Tx,
  patch: HotPatch,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await decideFollowUp(tx, patch, { decision: "revert", by, at, note: "It never took effect" });
}

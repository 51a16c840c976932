import { command } from "#lib/command.ts";
import { whereIs } from "#lib/hot-patches/alerting.ts";
import { ReviewHotPatch } from "#lib/hot-patches/input.ts";
import { lockHotPatch } from "#lib/hot-patches/load.ts";
import type { ReviewVerdict } from "#lib/hot-patches/model.ts";
import { assertMayReview, nameOf } from "#lib/hot-patches/rules.ts";
import { ofHotPatch } from "#lib/hot-patches/scope.ts";
import { recordEvents, updateHotPatch } from "#lib/hot-patches/store.ts";
import { noticeTo, patchLine } from "#lib/hot-patches/words.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { answerOf } from "./file-hot-patch.ts";

/** A verdict as the timeline begins with it. */
const SAID: Readonly<Record<ReviewVerdict, string>> = { sound: "Found sound", objected: "Objected to" };

/** The review after the fact that every patch owes which took effect. */
export const reviewHotPatch = command(
  {
    name: "hotPatch.review",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: ReviewHotPatch,
    summary: "Review a hot-patch after the fact, as somebody who had no part in it: sound, or objected",
    http: { method: "POST", path: "/hot-patches/{number}/review" },
  },
  async ({ tx, actor, now, input }) => {
    const seen = await lockHotPatch(tx, input.number, actor);
    assertMayReview(seen, await speakerOf(tx, actor));
    const { verdict, note } = input;
    const review = { reviewedAt: now, reviewedBy: actor.name, reviewVerdict: verdict, reviewNote: note };
    const patch = await updateHotPatch(tx, seen, review);
    await recordEvents(tx, patch, [{ kind: "reviewed", by: actor.name, note: `${SAID[verdict]}: ${note}` }], now);
    const said = verdict === "sound" ? "found it sound" : "objected";
    const text = `${actor.name} reviewed ${nameOf(patch)} and ${said}: ${note}`;
    const people = [patch.filedById, patch.followUp.ownerId, ...(patch.approvedById ? [patch.approvedById] : [])];
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, await whereIs(tx, patch), {
          action: "hot_patch.reviewed",
          summary: text,
          reason: note,
          detail: { verdict, afterDigest: patch.afterDigest },
        }),
      ],
      notify: noticeTo(people, { patch, actorId: actor.id, kind: "hot_patch.reviewed", text }),
    };
  },
);

import { command } from "#lib/command.ts";
import { whereIs } from "#lib/hot-patches/alerting.ts";
import { ExtendHotPatch } from "#lib/hot-patches/input.ts";
import { lockHotPatch } from "#lib/hot-patches/load.ts";
import { assertMayExtend, nameOf, stateAfter } from "#lib/hot-patches/rules.ts";
import { ofHotPatch } from "#lib/hot-patches/scope.ts";
import { recordEvents, updateFollowUp, updateHotPatch } from "#lib/hot-patches/store.ts";
import { extendedUntil } from "#lib/hot-patches/time.ts";
import { noticeTo, patchLine } from "#lib/hot-patches/words.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { currentRules } from "#lib/systems/store.ts";
import { answerOf } from "./file-hot-patch.ts";

/** More time, counted from now. What the patch changes stays exactly what it was. */
export const extendHotPatch = command(
  {
    name: "hotPatch.extend",
    may: "hot-patch:review",
    on: ofHotPatch,
    input: ExtendHotPatch,
    summary:
      "Extend a hot-patch in force, counted from now: by somebody other than who filed it, with a new reason, twice at most and never past 72 h from its filing",
    http: { method: "POST", path: "/hot-patches/{number}/extensions" },
  },
  async ({ tx, actor, now, input }) => {
    const seen = await lockHotPatch(tx, input.number, actor);
    const speaker = await speakerOf(tx, actor);
    assertMayExtend(seen, speaker, { reason: input.reason, now });
    const where = await whereIs(tx, seen);
    const { rules } = await currentRules(tx, seen.systemId);
    const policy = operationOf(rules, where.environment.slug).hotPatch;
    const asked = input.minutes === undefined ? {} : { asked: input.minutes };
    const { expiresAt, minutes } = extendedUntil(seen, { ...asked, policy, from: now });
    const extension = {
      at: now.toISOString(),
      by: actor.name,
      byId: speaker.personId,
      reason: input.reason,
      minutes: Math.floor(minutes),
    };
    if (seen.followUp.state === "open") await updateFollowUp(tx, seen, { dueAt: expiresAt });
    const patch = await updateHotPatch(tx, seen, {
      state: stateAfter(seen, "extend"),
      expiresAt,
      extensions: [...seen.extensions, extension],
      warned: [],
    });
    const text = `${actor.name} extended ${nameOf(patch)} until ${formatUtc(expiresAt)}: ${input.reason}`;
    await recordEvents(
      tx,
      patch,
      [{ kind: "extended", by: actor.name, note: `Until ${formatUtc(expiresAt)}: ${input.reason}` }],
      now,
    );
    const people = [patch.filedById, patch.followUp.ownerId];
    return {
      result: answerOf(patch),
      audit: [
        patchLine(patch, where, {
          action: "hot_patch.extended",
          summary: text,
          reason: input.reason,
          detail: {
            changes: [{ pointer: "/expiresAt", before: seen.expiresAt.toISOString(), after: expiresAt.toISOString() }],
            extension: patch.extensions.length,
          },
        }),
      ],
      notify: noticeTo(people, { patch, actorId: actor.id, kind: "hot_patch.extended", text }),
    };
  },
);

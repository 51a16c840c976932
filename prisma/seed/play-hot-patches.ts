import type { Actor } from "#lib/access/actor.ts";
import { makePermanent, revertHotPatch } from "#lib/hot-patches/commands/decide-follow-up.ts";
import { extendHotPatch } from "#lib/hot-patches/commands/extend-hot-patch.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { reviewHotPatch } from "#lib/hot-patches/commands/review-hot-patch.ts";
import { carryOut } from "#lib/hot-patches/jobs.ts";
import type { Step } from "./story/step.ts";

type HotPatchStep = Extract<
  Step,
  {
    readonly do:
      | "fileHotPatch"
      | "extendHotPatch"
      | "reviewHotPatch"
      | "revertHotPatch"
      | "keepHotPatch"
      | "hotPatchClock";
  }
>;

type Turn = {
  readonly actor: Actor;
  readonly now: Date;
  /** What the story's names turned out to be. */
  readonly patches: Map<string, number>;
  readonly requests: Map<string, number>;
};

/** Plays what the story says of hot-patches. */
export async function playHotPatch(step: HotPatchStep, { actor, now, patches, requests }: Turn): Promise<void> {
  if (step.do === "hotPatchClock") {
    await carryOut(now);
    return;
  }
  if (step.do === "fileHotPatch") {
    const { do: _, at: _at, by: _by, patch, ...filing } = step;
    patches.set(patch, (await fileHotPatch(actor, filing, { now })).number);
    return;
  }
  const number = patches.get(step.patch);
  if (number === undefined) throw new Error(`Nothing was filed as "${step.patch}" before this`);
  switch (step.do) {
    case "extendHotPatch":
      await extendHotPatch(actor, { number, reason: step.reason, minutes: step.minutes }, { now });
      return;
    case "reviewHotPatch":
      await reviewHotPatch(actor, { number, verdict: "sound", note: step.note }, { now });
      return;
    case "revertHotPatch":
      await revertHotPatch(actor, { number, reason: step.reason }, { now });
      return;
    case "keepHotPatch": {
      const decided = await makePermanent(actor, { number, reason: step.reason }, { now });
      requests.set(step.request, decided.change);
    }
  }
}

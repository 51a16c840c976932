import type { Reader } from "#lib/platform/db.ts";
import { isServed } from "./effective.ts";
import { activePatches, hotPatchOf } from "./load.ts";
import type { HotPatch } from "./model.ts";
import { isOverdue, isReviewOverdue } from "./rules.ts";

/** Decisions and reviews that an environment's patches owe after their time. */
export type OverdueIn = {
  readonly followUps: readonly Pick<HotPatch, "number" | "incident" | "followUp">[];
  readonly reviews: readonly Pick<HotPatch, "number" | "incident" | "filedByName" | "reviewDueAt">[];
};

export async function overdueIn(reader: Reader, environmentId: string, now: Date): Promise<OverdueIn> {
  const rows = await reader.hotPatch.findMany({
    where: {
      environmentId,
      OR: [
        { followUp: { state: "open", dueAt: { lte: now } } },
        { activatedAt: { not: null }, reviewedAt: null, reviewDueAt: { lte: now } },
      ],
    },
    orderBy: { number: "asc" },
    include: { followUp: true },
  });
  const patches = rows.map(hotPatchOf);
  return {
    followUps: patches.filter((patch) => isOverdue(patch.followUp, patch.state, now)),
    reviews: patches.filter((patch) => isReviewOverdue(patch, now)),
  };
}

/** The patches that are served in a place, as a deployment finds them. */
export async function patchesServedIn(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
  now: Date,
): Promise<readonly HotPatch[]> {
  return (await activePatches(reader, place)).filter((patch) => isServed(patch, now));
}

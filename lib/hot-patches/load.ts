import type { Reader } from "#lib/platform/db.ts";
import { isServed } from "./effective.ts";
import type { HotPatchState, PatchChange, PatchInEffect } from "./model.ts";

/** What has to be read of a patch to know its effect. */
export const inEffectSelect = {
  id: true,
  number: true,
  incident: true,
  changes: true,
  state: true,
  activatedAt: true,
  expiresAt: true,
  revertsAtExpiry: true,
} as const;

/** The patches that runtimes of this place are served, oldest first; some may be over, see `isInForce`. */
export async function servedPatches(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
  now: Date,
): Promise<readonly PatchInEffect[]> {
  const rows = await reader.hotPatch.findMany({
    where: { ...place, state: "active" },
    orderBy: { number: "asc" },
    select: inEffectSelect,
  });
  return rows
    .map((row) => ({
      ...row,
      state: row.state as HotPatchState,
      changes: row.changes as unknown as readonly PatchChange[],
    }))
    .filter((patch) => isServed(patch, now));
}

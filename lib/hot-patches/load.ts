import type { Actor } from "#lib/access/actor.ts";
import { assertMay } from "#lib/access/may.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { FollowUpModel, HotPatchModel } from "#lib/platform/prisma/models.ts";
import { holdSystem } from "#lib/systems/store.ts";
import { isServed } from "./effective.ts";
import type {
  Extension,
  FollowUp,
  FollowUpDecision,
  FollowUpState,
  HotPatch,
  HotPatchState,
  IncidentLevel,
  PatchChange,
  PatchInEffect,
  ReviewVerdict,
} from "./model.ts";

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
    where: { bundleId: place.bundleId, environmentId: place.environmentId, state: "active" },
    orderBy: { number: "asc" },
    select: inEffectSelect,
  });
  return rows
    .map((row) => ({ ...row, state: row.state as HotPatchState, changes: changesOf(row.changes) }))
    .filter((patch) => isServed(patch, now));
}

const REMEMBERED_DAYS = 30;

/** The patches of this place that are over and not declared since, newest first, for 30 days: some runtime may still run one. */
export async function endedPatches(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
  now: Date,
): Promise<readonly PatchInEffect[]> {
  const since = new Date(now.getTime() - REMEMBERED_DAYS * 86_400_000);
  const rows = await reader.hotPatch.findMany({
    where: {
      bundleId: place.bundleId,
      environmentId: place.environmentId,
      OR: [
        { state: { in: ["reverted", "escalated"] }, endedAt: { gte: since } },
        { state: "active", revertsAtExpiry: true, expiresAt: { lte: now } },
      ],
    },
    orderBy: { number: "desc" },
    take: 50,
    select: inEffectSelect,
  });
  return rows.map((row) => ({ ...row, state: row.state as HotPatchState, changes: changesOf(row.changes) }));
}

/** Changes as they are stored. */
export function changesOf(stored: unknown): readonly PatchChange[] {
  return stored as readonly PatchChange[];
}

/** A stored row as the model knows it. */
export function hotPatchOf({
  followUp,
  ...row
}: HotPatchModel & { readonly followUp: FollowUpModel | null }): HotPatch {
  if (!followUp) throw new Error(`Hot-patch ${row.number} has no follow-up`);
  return {
    ...row,
    changes: changesOf(row.changes),
    state: row.state as HotPatchState,
    incidentLevel: row.incidentLevel as IncidentLevel,
    extensions: row.extensions as unknown as readonly Extension[],
    reviewVerdict: row.reviewVerdict as ReviewVerdict | null,
    followUp: followUpOf(followUp),
  };
}

function followUpOf(row: FollowUpModel): FollowUp {
  return { ...row, state: row.state as FollowUpState, decision: row.decision as FollowUpDecision | null };
}

/** @throws Refusal `not_found` */
export async function hotPatchByNumber(reader: Reader, number: number): Promise<HotPatch> {
  const row = await reader.hotPatch.findUnique({ where: { number }, include: { followUp: true } });
  if (!row) throw new Refusal("not_found", `There is no hot-patch HP-${number}`);
  return hotPatchOf(row);
}

/** Every active patch of a place, over or not, oldest first. */
export async function activePatches(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
): Promise<readonly HotPatch[]> {
  const rows = await reader.hotPatch.findMany({
    where: { bundleId: place.bundleId, environmentId: place.environmentId, state: "active" },
    orderBy: { number: "asc" },
    include: { followUp: true },
  });
  return rows.map(hotPatchOf);
}

/**
 * The patch with its system held, so that it and all that is served there stay as they are until the transaction ends.
 * @throws Refusal `not_found` or `forbidden`
 */
export async function lockHotPatch(tx: Tx, number: number, actor: Actor): Promise<HotPatch> {
  const { systemId } = await hotPatchByNumber(tx, number);
  assertMay(actor, "system:read", { systemId });
  await holdSystem(tx, systemId);
  return hotPatchByNumber(tx, number);
}

import { newId } from "#lib/kernel/id.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { refusingTaken, type Tx } from "#lib/platform/db.ts";
import { hotPatchByNumber, hotPatchOf } from "./load.ts";
import type { Extension, FollowUpDecision, HotPatch, PatchChange } from "./model.ts";

/** What happened to a patch, for its timeline. */
export type PatchEventKind =
  | "filed"
  | "approved"
  | "denied"
  | "withdrawn"
  | "lapsed"
  | "activated"
  | "extended"
  | "warned"
  | "reviewed"
  | "decided"
  | "reassigned"
  | "reverted"
  | "absorbed"
  | "escalated"
  | "paged";

export type PatchEvent = { readonly kind: PatchEventKind; readonly by: string; readonly note: string };

export type NewHotPatch = Pick<
  HotPatch,
  | "systemId"
  | "environmentId"
  | "bundleId"
  | "incident"
  | "incidentLevel"
  | "reason"
  | "changes"
  | "baseSnapshotId"
  | "beforeDigest"
  | "afterDigest"
  | "state"
  | "revertsAtExpiry"
  | "filedById"
  | "filedByName"
  | "filedAt"
  | "minutes"
  | "activatedAt"
  | "expiresAt"
  | "ceilingAt"
  | "reviewDueAt"
  | "waiver"
  | "clientKey"
> & { readonly followUpDueAt: Date };

/** A patch together with the follow-up that it owes. */
export async function insertHotPatch(tx: Tx, patch: NewHotPatch): Promise<HotPatch> {
  const { followUpDueAt, changes, ...data } = patch;
  const now = patch.filedAt;
  const row = await refusingTaken("hot_patch_client_key", "This filing was taken already", () =>
    tx.hotPatch.create({
      data: {
        ...data,
        id: newId(now),
        changes: stored(changes),
        followUp: {
          create: {
            id: newId(now),
            ownerId: patch.filedById,
            ownerName: patch.filedByName,
            dueAt: followUpDueAt,
            state: "open",
          },
        },
      },
      include: { followUp: true },
    }),
  );
  return hotPatchOf(row);
}

export type HotPatchPatch = Partial<
  Pick<
    HotPatch,
    | "state"
    | "baseSnapshotId"
    | "beforeDigest"
    | "afterDigest"
    | "revertsAtExpiry"
    | "approvedById"
    | "approvedByName"
    | "activatedAt"
    | "expiresAt"
    | "reviewDueAt"
    | "reviewedAt"
    | "reviewedBy"
    | "reviewVerdict"
    | "reviewNote"
    | "endedAt"
    | "endedBy"
    | "endNote"
    | "waiver"
  >
> & {
  readonly changes?: readonly PatchChange[];
  readonly extensions?: readonly Extension[];
  readonly warned?: readonly string[];
};

/** Compare-and-set from the revision and the state that the rules saw. @throws Refusal `conflict` */
export async function updateHotPatch(tx: Tx, seen: HotPatch, patch: HotPatchPatch): Promise<HotPatch> {
  const { changes, extensions, warned, ...rest } = patch;
  const { count } = await tx.hotPatch.updateMany({
    where: { id: seen.id, revision: seen.revision, state: seen.state },
    data: {
      ...rest,
      ...(changes && { changes: stored(changes) }),
      ...(extensions && { extensions: stored(extensions) }),
      ...(warned && { warned: [...warned] }),
      revision: seen.revision + 1,
    },
  });
  if (count === 0) {
    throw new Refusal("conflict", `Someone else changed HP-${seen.number} first; reload to see what they did`);
  }
  return hotPatchByNumber(tx, seen.number);
}

export type FollowUpPatch = {
  readonly ownerId?: string;
  readonly ownerName?: string;
  readonly dueAt?: Date;
};

/** Compare-and-set. @throws Refusal `conflict` */
export async function updateFollowUp(tx: Tx, seen: HotPatch, patch: FollowUpPatch): Promise<void> {
  await moveFollowUp(tx, seen, patch);
}

/** The follow-up is decided for good. @throws Refusal `conflict` */
export async function decideFollowUp(
  tx: Tx,
  seen: HotPatch,
  decision: {
    readonly decision: FollowUpDecision;
    readonly by: string;
    readonly at: Date;
    readonly note: string;
    readonly changeRequestId?: string;
  },
): Promise<void> {
  const { by, at, ...rest } = decision;
  await moveFollowUp(tx, seen, { ...rest, state: "decided", decidedBy: by, decidedAt: at });
}

async function moveFollowUp(tx: Tx, { number, followUp }: HotPatch, data: object): Promise<void> {
  const { count } = await tx.followUp.updateMany({
    where: { id: followUp.id, revision: followUp.revision, state: "open" },
    data: { ...data, revision: followUp.revision + 1 },
  });
  if (count === 0) {
    throw new Refusal(
      "conflict",
      `Someone else changed the follow-up of HP-${number} first; reload to see what they did`,
    );
  }
}

/**
 * Appends to the timeline. Events of one moment keep their order, because each identifier is a millisecond past the one
 * before; the caller holds the system, so that nobody else counts at the same time.
 */
export async function recordEvents(
  tx: Tx,
  patch: Pick<HotPatch, "id">,
  events: readonly PatchEvent[],
  now: Date,
): Promise<void> {
  const before = await tx.hotPatchEvent.count({ where: { hotPatchId: patch.id } });
  await tx.hotPatchEvent.createMany({
    data: events.map((event, index) => ({
      ...event,
      id: newId(new Date(now.getTime() + before + index)),
      hotPatchId: patch.id,
      createdAt: now,
    })),
  });
}

/** Both are JSON by their types. */
function stored(value: readonly PatchChange[] | readonly Extension[]): Json & object {
  return value as unknown as Json & object;
}

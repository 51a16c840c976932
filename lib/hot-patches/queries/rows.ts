import { isServed } from "#lib/hot-patches/effective.ts";
import type { FollowUpDecision, HotPatch, IncidentLevel, PatchChange, ReviewVerdict } from "#lib/hot-patches/model.ts";
import { isOverdue, isReviewOverdue, lengthOf, nameOf, type Phase, phaseOf } from "#lib/hot-patches/rules.ts";
import type { PatchWhere } from "#lib/hot-patches/words.ts";
import type { Reader } from "#lib/platform/db.ts";

/** The decision that a patch owes, as lists show it. */
export type FollowUpView = {
  /** nothing: it never took effect · open · overdue · decided */
  readonly state: "nothing" | "open" | "overdue" | "decided";
  readonly ownerId: string;
  readonly ownerName: string;
  readonly dueAt: Date;
  readonly decision: FollowUpDecision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  /** The request that makes it permanent. */
  readonly change: { readonly number: number; readonly title: string; readonly state: string } | null;
};

export type ReviewView = {
  /** nothing: it never took effect · due · overdue · or what the reviewer said */
  readonly state: "nothing" | "due" | "overdue" | ReviewVerdict;
  readonly dueAt: Date;
  readonly by: string | null;
  readonly at: Date | null;
  readonly note: string | null;
};

/** One patch, as the register shows it. */
export type HotPatchRow = PatchWhere & {
  readonly number: number;
  /** HP-3 */
  readonly name: string;
  readonly phase: Phase;
  /** Runtimes are given it now. */
  readonly isServed: boolean;
  readonly incident: string;
  readonly level: IncidentLevel;
  readonly reason: string;
  readonly changes: readonly PatchChange[];
  readonly filedById: string;
  readonly filedByName: string;
  readonly filedAt: Date;
  readonly approvedByName: string | null;
  readonly activatedAt: Date | null;
  /** Of a request: when it lapses. */
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly endNote: string | null;
  /** Milliseconds in force, up to now; null: it never was. */
  readonly length: number | null;
  readonly extensions: number;
  readonly followUp: FollowUpView;
  readonly review: ReviewView;
};

/** Patches as lists show them, in the order given. */
export async function rowsOf(reader: Reader, patches: readonly HotPatch[], now: Date): Promise<readonly HotPatchRow[]> {
  if (patches.length === 0) return [];
  const named = { slug: true, name: true } as const;
  const [bundles, environments, changes] = await Promise.all([
    reader.bundle.findMany({
      where: { id: { in: patches.map((patch) => patch.bundleId) } },
      select: { id: true, ...named, system: { select: named } },
    }),
    reader.environment.findMany({
      where: { id: { in: patches.map((patch) => patch.environmentId) } },
      select: { id: true, ...named },
    }),
    reader.changeRequest.findMany({
      where: { id: { in: patches.flatMap((patch) => patch.followUp.changeRequestId ?? []) } },
      select: { id: true, number: true, title: true, state: true },
    }),
  ]);
  return patches.flatMap((patch) => {
    const bundle = bundles.find((one) => one.id === patch.bundleId);
    const environment = environments.find((one) => one.id === patch.environmentId);
    if (!bundle || !environment) return [];
    const where = {
      system: { slug: bundle.system.slug, name: bundle.system.name },
      environment: { slug: environment.slug, name: environment.name },
      bundle: { slug: bundle.slug, name: bundle.name },
    };
    const change = changes.find((one) => one.id === patch.followUp.changeRequestId) ?? null;
    return [rowOf(patch, { where, change }, now)];
  });
}

type ChangeOfRow = { readonly id: string; readonly number: number; readonly title: string; readonly state: string };

function rowOf(
  patch: HotPatch,
  { where, change }: { readonly where: PatchWhere; readonly change: ChangeOfRow | null },
  now: Date,
): HotPatchRow {
  const { followUp } = patch;
  return {
    ...where,
    number: patch.number,
    name: nameOf(patch),
    phase: phaseOf(patch, now),
    isServed: isServed(patch, now),
    incident: patch.incident,
    level: patch.incidentLevel,
    reason: patch.reason,
    changes: patch.changes,
    filedById: patch.filedById,
    filedByName: patch.filedByName,
    filedAt: patch.filedAt,
    approvedByName: patch.approvedByName,
    activatedAt: patch.activatedAt,
    expiresAt: patch.expiresAt,
    endedAt: patch.endedAt,
    endNote: patch.endNote,
    length: lengthOf(patch, now),
    extensions: patch.extensions.length,
    followUp: {
      state: followUpState(patch, now),
      ownerId: followUp.ownerId,
      ownerName: followUp.ownerName,
      dueAt: followUp.dueAt,
      decision: followUp.decision,
      decidedBy: followUp.decidedBy,
      decidedAt: followUp.decidedAt,
      note: followUp.note,
      change: change && { number: change.number, title: change.title, state: change.state },
    },
    review: {
      state: reviewState(patch, now),
      dueAt: patch.reviewDueAt,
      by: patch.reviewedBy,
      at: patch.reviewedAt,
      note: patch.reviewNote,
    },
  };
}

function followUpState(patch: HotPatch, now: Date): FollowUpView["state"] {
  if (patch.activatedAt === null) return "nothing";
  if (patch.followUp.state === "decided") return "decided";
  return isOverdue(patch.followUp, patch.state, now) ? "overdue" : "open";
}

function reviewState(patch: HotPatch, now: Date): ReviewView["state"] {
  if (patch.activatedAt === null) return "nothing";
  if (patch.reviewVerdict !== null) return patch.reviewVerdict;
  return isReviewOverdue(patch, now) ? "overdue" : "due";
}

import { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { may, readableSystems } from "#lib/access/may.ts";
import { hotPatchOf } from "#lib/hot-patches/load.ts";
import type { HotPatch } from "#lib/hot-patches/model.ts";
import { isReviewOverdue } from "#lib/hot-patches/rules.ts";
import type { Db } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { type HotPatchRow, rowsOf } from "./rows.ts";

const MOST = 200;

/** As much of an open patch as the banner on every page says. */
export type OpenHotPatch = Pick<
  HotPatchRow,
  "number" | "name" | "phase" | "incident" | "level" | "system" | "environment" | "bundle" | "expiresAt"
> & {
  readonly isFollowUpOverdue: boolean;
  readonly isReviewOverdue: boolean;
  readonly ownerName: string;
};

/** Patches in force or asked for in readable systems, and those that owe something after its time: most urgent first. */
export async function openPatches(db: Db, actor: Actor, now: Date): Promise<readonly OpenHotPatch[]> {
  const rows = await rowsOf(db, await loadOpen(db, actor, now), now);
  return rows
    .filter(
      (row) =>
        row.followUp.state === "overdue" ||
        row.review.state === "overdue" ||
        ["requested", "in_force", "leaving", "kept"].includes(row.phase),
    )
    .map((row) => ({
      number: row.number,
      name: row.name,
      phase: row.phase,
      incident: row.incident,
      level: row.level,
      system: row.system,
      environment: row.environment,
      bundle: row.bundle,
      expiresAt: row.expiresAt,
      isFollowUpOverdue: row.followUp.state === "overdue",
      isReviewOverdue: row.review.state === "overdue",
      ownerName: row.followUp.ownerName,
    }))
    .sort((a, b) => urgency(a) - urgency(b) || a.expiresAt.getTime() - b.expiresAt.getTime());
}

function urgency(patch: OpenHotPatch): number {
  if (patch.isFollowUpOverdue) return 0;
  return patch.phase === "in_force" || patch.phase === "leaving" || patch.phase === "kept" ? 1 : 2;
}

async function loadOpen(db: Db, actor: Actor, now: Date): Promise<readonly HotPatch[]> {
  const readable = readableSystems(actor);
  const rows = await db.hotPatch.findMany({
    where: {
      ...(readable && { systemId: { in: [...readable] } }),
      OR: [
        { state: { in: ["requested", "active"] } },
        { followUp: { state: "open" } },
        { activatedAt: { not: null }, reviewedAt: null },
      ],
    },
    orderBy: { expiresAt: "asc" },
    take: MOST,
    include: { followUp: true },
  });
  return rows.map(hotPatchOf).filter((patch) => patch.state !== "requested" || patch.expiresAt > now);
}

/** The banner of every page, and what the countdowns run by. */
export const openHotPatches = query(
  {
    name: "hotPatch.open",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "List the hot-patches that are open now: asked for, in force, or overdue, most urgent first",
    http: { method: "GET", path: "/open-hot-patches" },
  },
  async ({ db, actor, now }) => ({ patches: await openPatches(db, actor, now), now }),
);

/** What this person owes about hot-patches, by time left. */
export const owedHotPatches = query(
  {
    name: "hotPatch.owed",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "List what you owe about hot-patches: decisions by time left, approvals that are asked for, reviews due",
    http: { method: "GET", path: "/me/hot-patches" },
  },
  async ({ db, actor, now }) => {
    const patches = await loadOpen(db, actor, now);
    const rows = await rowsOf(db, patches, now);
    const patchOf = new Map(patches.map((patch) => [patch.number, patch]));
    const ofMine = (wanted: (patch: HotPatch, row: HotPatchRow) => boolean, by: (row: HotPatchRow) => Date) =>
      rows
        .filter((row) => {
          const patch = patchOf.get(row.number);
          return patch !== undefined && wanted(patch, row);
        })
        .sort((a, b) => by(a).getTime() - by(b).getTime());
    const mayReview = (patch: HotPatch, row: HotPatchRow) =>
      patch.filedById !== actor.id &&
      may(actor, "hot-patch:review", { systemId: patch.systemId, environment: row.environment.slug });
    return {
      followUps: ofMine(
        (patch, row) =>
          patch.followUp.ownerId === actor.id && (row.followUp.state === "open" || row.followUp.state === "overdue"),
        (row) => row.followUp.dueAt,
      ),
      approvals: ofMine(
        (patch, row) => row.phase === "requested" && mayReview(patch, row),
        (row) => row.expiresAt,
      ),
      reviews: ofMine(
        (patch, row) =>
          patch.activatedAt !== null &&
          (isReviewOverdue(patch, now) || row.review.state === "due") &&
          patch.approvedById !== actor.id &&
          mayReview(patch, row),
        (row) => row.review.dueAt,
      ),
      now,
    };
  },
);

import type { Actor } from "#lib/access/actor.ts";
import { jobActor } from "#lib/access/job-actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { log } from "#lib/platform/log.ts";
import {
  escalateReview,
  followUpPage,
  lapseHotPatch,
  pageFollowUp,
  REVIEW_OVERDUE,
  settleHotPatch,
  warnOfEnd,
} from "./commands/carry-out.ts";
import { endingIn } from "./ending.ts";
import { hotPatchOf } from "./load.ts";
import type { HotPatch } from "./model.ts";
import { isOverdue, isReviewOverdue } from "./rules.ts";
import { pageDue, warningsDue } from "./time.ts";

/**
 * Carries out what follows from the clock: requests lapse, people are warned, ends are written down, overdue decisions
 * and reviews are paged. What is served and declared depends on none of it; after an outage of days it catches up.
 */
export const hotPatchClock = defineJob({
  name: "hot-patch-clock",
  when: { everySeconds: 5 },
  run: async ({ now }) => {
    await carryOut(now);
  },
});

type Due = { readonly command: typeof settleHotPatch; readonly number: number };

/** Does everything that is due, one patch after the other; one that fails keeps no other waiting. @returns what was done */
export async function carryOut(now: Date): Promise<readonly string[]> {
  const done: string[] = [];
  for (const { command, number } of await whatIsDue(now)) {
    const { name } = command.spec;
    try {
      await command(clockwork(), { number }, { now });
      done.push(`${name} ${number}`);
    } catch (error) {
      // Somebody else dealt with it meanwhile: another worker, or a person.
      if (error instanceof Refusal && error.code === "conflict") continue;
      log.error({ err: error, command: name, hotPatch: number }, "what a hot-patch's clock asks for could not be done");
    }
  }
  return done;
}

async function whatIsDue(now: Date): Promise<readonly Due[]> {
  const rows = await database().hotPatch.findMany({
    where: {
      OR: [
        { state: { in: ["requested", "active"] } },
        { followUp: { state: "open", dueAt: { lte: now } } },
        { activatedAt: { not: null }, reviewedAt: null, reviewDueAt: { lte: now } },
      ],
    },
    orderBy: { number: "asc" },
    include: { followUp: true },
  });
  const patches = rows.map(hotPatchOf);
  const pages = await pagesDue(patches, now);
  const clock: Due[] = [];
  for (const patch of patches) {
    const command = await clockCommand(patch, now);
    if (command) clock.push({ command, number: patch.number });
  }
  return [...clock, ...pages];
}

async function clockCommand(patch: HotPatch, now: Date): Promise<Due["command"] | null> {
  const isOver = patch.expiresAt.getTime() <= now.getTime();
  if (patch.state === "requested") return isOver ? lapseHotPatch : null;
  if (patch.state !== "active") return null;
  if (!isOver) return warningsDue(patch, now).length > 0 ? warnOfEnd : null;
  const { kind } = await endingIn(database(), patch, now);
  return kind === "kept" || kind === "leaving" ? null : settleHotPatch;
}

/** Pages whose time has come and that nobody has sent: each leaves an alert under its own key. */
async function pagesDue(patches: readonly HotPatch[], now: Date): Promise<readonly Due[]> {
  const wanted = patches.flatMap((patch) => {
    const page = isOverdue(patch.followUp, patch.state, now) ? pageDue(patch.followUp.dueAt, now) : null;
    const keyOf = (about: string) => `hot_patch/${patch.id}/${about}`;
    return [
      ...(page === null ? [] : [{ key: keyOf(followUpPage(page)), command: pageFollowUp, number: patch.number }]),
      ...(isReviewOverdue(patch, now)
        ? [{ key: keyOf(REVIEW_OVERDUE), command: escalateReview, number: patch.number }]
        : []),
    ];
  });
  if (wanted.length === 0) return [];
  const sent = await database().alert.findMany({
    where: { key: { in: wanted.map((one) => one.key) } },
    select: { key: true },
  });
  const keys = new Set(sent.map((one) => one.key));
  return wanted.filter((one) => !keys.has(one.key));
}

/** Plumbline itself, with no more than a responder may do. */
function clockwork(): Actor {
  return jobActor({ id: "hot-patch-clock", name: "Plumbline", role: "responder" });
}

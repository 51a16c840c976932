import type { Actor } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { isInForce } from "./effective.ts";
import { type FollowUp, type HotPatch, type HotPatchMove, type HotPatchState, LIMITS } from "./model.ts";

const NEXT: Readonly<Record<HotPatchState, Partial<Record<HotPatchMove, HotPatchState>>>> = {
  requested: { approve: "active", deny: "denied", withdraw: "denied", lapse: "lapsed" },
  active: { extend: "active", revert: "reverted", absorb: "absorbed", escalate: "escalated" },
  reverted: {},
  absorbed: {},
  escalated: {},
  denied: {},
  lapsed: {},
};

const VERBS: Readonly<Record<HotPatchMove, string>> = {
  approve: "approved",
  deny: "denied",
  withdraw: "withdrawn",
  lapse: "left to lapse",
  extend: "extended",
  revert: "reverted",
  absorb: "absorbed",
  escalate: "escalated",
};

/** States as sentences say them. */
const STATE_WORDS: Readonly<Record<HotPatchState, string>> = {
  requested: "waiting for its approval",
  active: "in force",
  reverted: "reverted",
  absorbed: "absorbed",
  escalated: "escalated",
  denied: "denied",
  lapsed: "lapsed",
};

/** What people call it: HP-3. */
export function nameOf(patch: Pick<HotPatch, "number">): string {
  return `HP-${patch.number}`;
}

/** The state after a move. @throws Refusal `conflict` for every move that a state does not know */
export function stateAfter(patch: Pick<HotPatch, "number" | "state">, move: HotPatchMove): HotPatchState {
  const next = NEXT[patch.state][move];
  if (next !== undefined) return next;
  throw new Refusal("conflict", `${nameOf(patch)} is ${STATE_WORDS[patch.state]}; it cannot be ${VERBS[move]}`);
}

/**
 * Where a patch stands now, whatever was written down of it: in_force: its time runs · leaving: over, runtimes let go of
 * it · kept: over, and policy keeps it until somebody decides
 */
export type Phase = Exclude<HotPatchState, "active"> | "in_force" | "leaving" | "kept";

export function phaseOf(patch: Pick<HotPatch, "state" | "expiresAt" | "revertsAtExpiry">, now: Date): Phase {
  if (patch.state !== "active") return patch.state;
  if (isInForce(patch, now)) return "in_force";
  return patch.revertsAtExpiry ? "leaving" : "kept";
}

/** How long it was in force, in milliseconds, up to now; null: it never was. */
export function lengthOf(
  patch: Pick<HotPatch, "activatedAt" | "endedAt" | "expiresAt" | "revertsAtExpiry">,
  now: Date,
): number | null {
  if (patch.activatedAt === null) return null;
  const latest = patch.revertsAtExpiry ? Math.min(now.getTime(), patch.expiresAt.getTime()) : now.getTime();
  return Math.max(0, (patch.endedAt?.getTime() ?? latest) - patch.activatedAt.getTime());
}

/** Somebody who acts on a patch; `personId`: themselves, or the person whom a token speaks for. */
type Speaker = { readonly actor: Pick<Actor, "kind">; readonly personId: string };

/** One approval by somebody else, before the request lapses. @throws Refusal */
export function assertMayAnswer(patch: HotPatch, { personId }: Speaker, answer: "approve" | "deny", now: Date): void {
  stateAfter(patch, answer);
  if (patch.expiresAt.getTime() <= now.getTime()) {
    throw new Refusal("conflict", `${nameOf(patch)} lapsed at ${formatUtc(patch.expiresAt)}; file it again`);
  }
  if (patch.filedById === personId) {
    throw new Refusal("forbidden", `You filed ${nameOf(patch)}; somebody else has to ${answer} it`);
  }
}

/** Whoever filed a request takes it back while nobody has answered. @throws Refusal */
export function assertMayWithdraw(patch: HotPatch, { personId }: Speaker): void {
  stateAfter(patch, "withdraw");
  if (patch.filedById === personId) return;
  throw new Refusal(
    "forbidden",
    `Only ${patch.filedByName}, who filed ${nameOf(patch)}, can withdraw it; you can deny it`,
  );
}

/**
 * Extending needs somebody other than who filed it and who extended it last, a reason that was not given before, and
 * comes before the end. @throws Refusal
 */
export function assertMayExtend(
  patch: HotPatch,
  { personId }: Speaker,
  { reason, now }: { readonly reason: string; readonly now: Date },
): void {
  stateAfter(patch, "extend");
  if (!isInForce(patch, now)) {
    throw new Refusal(
      "conflict",
      `${nameOf(patch)} ended at ${formatUtc(patch.expiresAt)}; only a patch in force can be extended, so file a new one`,
    );
  }
  if (patch.extensions.length >= LIMITS.extensions) {
    throw new Refusal("conflict", `${nameOf(patch)} was extended ${LIMITS.extensions} times, which is the most`);
  }
  if (patch.filedById === personId) {
    throw new Refusal("forbidden", `You filed ${nameOf(patch)}; an extension needs somebody else`);
  }
  if (patch.extensions.at(-1)?.byId === personId) {
    throw new Refusal(
      "forbidden",
      `You extended ${nameOf(patch)} the last time; the next extension needs somebody else`,
    );
  }
  const given = [patch.reason, ...patch.extensions.map((one) => one.reason)];
  if (given.includes(reason)) {
    throw new Refusal("invalid", "Say why it has to go on", {
      fields: { reason: ["This reason was given before; say what is new"] },
    });
  }
}

/** The review after the fact is independent: not by who filed it, nor by who let it in. @throws Refusal */
export function assertMayReview(patch: HotPatch, { personId }: Speaker): void {
  if (patch.activatedAt === null) {
    throw new Refusal("conflict", `${nameOf(patch)} never took effect; there is nothing to review`);
  }
  if (patch.reviewedAt !== null) {
    throw new Refusal("conflict", `${patch.reviewedBy ?? "Somebody"} reviewed ${nameOf(patch)} already`);
  }
  if (patch.filedById === personId || patch.approvedById === personId) {
    const part = patch.filedById === personId ? "filed" : "approved";
    throw new Refusal("forbidden", `You ${part} ${nameOf(patch)}; its review needs somebody who had no part in it`);
  }
}

/** A follow-up is decided once, by a person, about a patch that took effect. @throws Refusal */
export function assertMayDecide(patch: HotPatch, { actor }: Speaker): void {
  if (actor.kind !== "person") {
    throw new Refusal("forbidden", "Deciding a follow-up is for people: no token has it, whatever its role");
  }
  if (patch.state === "requested") {
    throw new Refusal("conflict", `${nameOf(patch)} waits for its approval; withdraw it, or have it denied`);
  }
  const { followUp } = patch;
  if (followUp.state === "decided") {
    throw new Refusal(
      "conflict",
      `${followUp.decidedBy ?? "Somebody"} decided the follow-up of ${nameOf(patch)} already`,
    );
  }
}

/** Owed after its time. The follow-up of a request that nobody answered yet owes nothing. */
export function isOverdue(followUp: Pick<FollowUp, "state" | "dueAt">, state: HotPatchState, now: Date): boolean {
  return followUp.state === "open" && state !== "requested" && followUp.dueAt.getTime() <= now.getTime();
}

/** Took effect, and nobody looked at it in time. */
export function isReviewOverdue(
  patch: Pick<HotPatch, "activatedAt" | "reviewedAt" | "reviewDueAt">,
  now: Date,
): boolean {
  return patch.activatedAt !== null && patch.reviewedAt === null && patch.reviewDueAt.getTime() <= now.getTime();
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import { isInForce, isServed } from "./effective.ts";
import { HOT_PATCH_STATES, type HotPatch, type HotPatchMove, type HotPatchState } from "./model.ts";
import {
  assertMayAnswer,
  assertMayDecide,
  assertMayExtend,
  assertMayReview,
  assertMayWithdraw,
  isOverdue,
  isReviewOverdue,
  lengthOf,
  phaseOf,
  stateAfter,
} from "./rules.ts";
import { aHotPatch, inMinutes, MORNING } from "./testing/facts.ts";
import { extendedUntil, timeToLive } from "./time.ts";

const requested = aHotPatch({ state: "requested", activatedAt: null, expiresAt: inMinutes(60) });
const as = (personId: string, kind: "person" | "token" = "person") => ({ actor: { kind }, personId });

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe("states", () => {
  const legal: readonly (readonly [HotPatchState, HotPatchMove, HotPatchState])[] = [
    ["requested", "approve", "active"],
    ["requested", "deny", "denied"],
    ["requested", "withdraw", "denied"],
    ["requested", "lapse", "lapsed"],
    ["active", "extend", "active"],
    ["active", "revert", "reverted"],
    ["active", "absorb", "absorbed"],
    ["active", "escalate", "escalated"],
  ];
  const moves: readonly HotPatchMove[] = [
    "approve",
    "deny",
    "withdraw",
    "lapse",
    "extend",
    "revert",
    "absorb",
    "escalate",
  ];

  test.each(legal)("%s, %s: %s", (state, move, next) => {
    expect(stateAfter({ number: 3, state }, move)).toBe(next);
  });

  test("every other edge is refused", () => {
    for (const state of HOT_PATCH_STATES) {
      for (const move of moves) {
        if (legal.some(([from, by]) => from === state && by === move)) continue;
        expect(
          refusalOf(() => stateAfter({ number: 3, state }, move)),
          `${state} ${move}`,
        ).toBe("conflict");
      }
    }
  });

  test("a refusal names the state as pages do", () => {
    expect(() => stateAfter({ number: 3, state: "active" }, "approve")).toThrow(
      "HP-3 is in force; it cannot be approved",
    );
    expect(() => stateAfter({ number: 3, state: "requested" }, "extend")).toThrow(
      "HP-3 is waiting for its approval; it cannot be extended",
    );
  });

  test("whatever happens and however the clock jumps, an end is an end and nothing passes the ceiling", () => {
    const policy = { defaultMinutes: 240, maxMinutes: 1_440 };
    const event = fc.record({
      move: fc.constantFrom(...moves),
      person: fc.constantFrom("ada", "grace", "sam"),
      jump: fc.integer({ min: -600, max: 5_000 }),
      asked: fc.integer({ min: 1, max: 4_320 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let patch: HotPatch = requested;
        let minutes = 0;
        let ended: HotPatchState | null = null;
        for (const { move, person, jump, asked } of events) {
          minutes += jump;
          const now = inMinutes(minutes);
          const before = patch;
          refusalOf(() => {
            patch = moved(patch, { move, person, asked, now, policy });
          });
          if (ended !== null) expect(patch).toBe(before);
          if (!["requested", "active"].includes(patch.state)) ended = patch.state;
          expect(patch.expiresAt.getTime()).toBeLessThanOrEqual(patch.ceilingAt.getTime());
          expect(patch.extensions.length).toBeLessThanOrEqual(2);
          expect(patch.extensions.map((one) => one.byId)).not.toContain("ada");
          expect(patch.changes).toBe(requested.changes);
          expect(isInForce(patch, patch.expiresAt)).toBe(false);
          if (isInForce(patch, now)) expect(isServed(patch, now)).toBe(true);
          if (patch.state !== "active") expect(isServed(patch, now)).toBe(false);
        }
      }),
    );
  });
});

type Moving = {
  readonly move: HotPatchMove;
  readonly person: string;
  readonly asked: number;
  readonly now: Date;
  readonly policy: { readonly defaultMinutes: number; readonly maxMinutes: number };
};

/** What the commands do with a patch, without the database. */
function moved(patch: HotPatch, { move, person, asked, now, policy }: Moving): HotPatch {
  const state = stateAfter(patch, move);
  if (move === "approve") {
    assertMayAnswer(patch, as(person), "approve", now);
    const time = timeToLive({ asked, level: "sev2", policy, from: now, ceilingAt: patch.ceilingAt });
    return { ...patch, state, activatedAt: now, expiresAt: time.expiresAt };
  }
  if (move === "extend") {
    const reason = `Still going on at ${now.toISOString()}`;
    assertMayExtend(patch, as(person), { reason, now });
    const { expiresAt, minutes } = extendedUntil(patch, { asked, policy, from: now });
    const extension = { at: now.toISOString(), by: person, byId: person, reason, minutes };
    return { ...patch, state, expiresAt, extensions: [...patch.extensions, extension] };
  }
  return { ...patch, state, endedAt: now };
}

test.each([
  ["somebody else", requested, "grace", 30, undefined],
  ["whoever filed it", requested, "ada", 30, "forbidden"],
  ["somebody else, a moment before it lapses", requested, "grace", 59.9, undefined],
  ["somebody else, when it lapses", requested, "grace", 60, "conflict"],
  ["somebody else, of a patch in force", aHotPatch(), "grace", 30, "conflict"],
] as const)("approving: %s", (_, patch, person, minutes, refusal) => {
  expect(refusalOf(() => assertMayAnswer(patch, as(person), "approve", inMinutes(minutes)))).toBe(refusal);
});

test.each([
  ["whoever filed it", requested, "ada", undefined],
  ["somebody else", requested, "grace", "forbidden"],
  ["whoever filed it, once it is in force", aHotPatch(), "ada", "conflict"],
] as const)("withdrawing: %s", (_, patch, person, refusal) => {
  expect(refusalOf(() => assertMayWithdraw(patch, as(person)))).toBe(refusal);
});

const extension = { at: MORNING.toISOString(), by: "Grace", byId: "grace", reason: "Once more", minutes: 60 };
test.each([
  ["somebody else, with a new reason", aHotPatch(), "grace", "It goes on", 200, undefined],
  ["whoever filed it", aHotPatch(), "ada", "It goes on", 200, "forbidden"],
  ["a reason that was given", aHotPatch(), "grace", "Answers are cut off", 200, "invalid"],
  ["the moment it ends", aHotPatch(), "grace", "It goes on", 240, "conflict"],
  ["whoever extended it last", aHotPatch({ extensions: [extension] }), "grace", "It goes on", 200, "forbidden"],
  ["a third person, the second time", aHotPatch({ extensions: [extension] }), "sam", "It goes on", 200, undefined],
  ["a third time", aHotPatch({ extensions: [extension, extension] }), "sam", "It goes on", 200, "conflict"],
  ["a request", requested, "grace", "It goes on", 30, "conflict"],
] as const)("extending: %s", (_, patch, person, reason, minutes, refusal) => {
  expect(refusalOf(() => assertMayExtend(patch, as(person), { reason, now: inMinutes(minutes) }))).toBe(refusal);
});

test.each([
  ["somebody who had no part", aHotPatch(), "grace", undefined],
  ["whoever filed it", aHotPatch(), "ada", "forbidden"],
  ["whoever approved it", aHotPatch({ approvedById: "grace" }), "grace", "forbidden"],
  ["of a request", requested, "grace", "conflict"],
  ["twice", aHotPatch({ reviewedAt: MORNING }), "grace", "conflict"],
  ["after its end", aHotPatch({ state: "reverted" }), "grace", undefined],
] as const)("reviewing: %s", (_, patch, person, refusal) => {
  expect(refusalOf(() => assertMayReview(patch, as(person)))).toBe(refusal);
});

const decided = aHotPatch({ followUp: { ...aHotPatch().followUp, state: "decided" } });
test.each([
  ["of a patch in force", aHotPatch(), as("ada"), undefined],
  ["of one that ended", aHotPatch({ state: "reverted" }), as("grace"), undefined],
  ["by a token", aHotPatch(), as("ada", "token"), "forbidden"],
  ["of a request", requested, as("ada"), "conflict"],
  ["twice", decided, as("ada"), "conflict"],
] as const)("deciding a follow-up: %s", (_, patch, speaker, refusal) => {
  expect(refusalOf(() => assertMayDecide(patch, speaker))).toBe(refusal);
});

test.each([
  ["before its end", aHotPatch(), 239, "in_force", 239],
  ["the millisecond of its end", aHotPatch(), 240, "leaving", 240],
  ["long after", aHotPatch(), 5_000, "leaving", 240],
  ["long after, where policy keeps it", aHotPatch({ revertsAtExpiry: false }), 5_000, "kept", 5_000],
  ["ended", aHotPatch({ state: "reverted", endedAt: inMinutes(100) }), 5_000, "reverted", 100],
] as const)("where a patch stands: %s", (_, patch, minutes, phase, length) => {
  expect(phaseOf(patch, inMinutes(minutes))).toBe(phase);
  expect(lengthOf(patch, inMinutes(minutes))).toBe(length * 60_000);
});

test.each([
  ["an open one before its time", aHotPatch(), 239, false],
  ["an open one at its time", aHotPatch(), 240, true],
  ["a decided one", decided, 500, false],
  ["that of a request", requested, 500, false],
] as const)("whether a follow-up is overdue: %s", (_, patch, minutes, isLate) => {
  expect(isOverdue(patch.followUp, patch.state, inMinutes(minutes))).toBe(isLate);
});

test.each([
  ["in time", aHotPatch(), 1_439, false],
  ["at its time", aHotPatch(), 1_440, true],
  ["given", aHotPatch({ reviewedAt: MORNING }), 5_000, false],
  ["of a patch that never took effect", requested, 5_000, false],
] as const)("whether a review is overdue: %s", (_, patch, minutes, isLate) => {
  expect(isReviewOverdue(patch, inMinutes(minutes))).toBe(isLate);
});

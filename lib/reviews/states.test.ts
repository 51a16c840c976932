import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { ChangeState } from "./model.ts";
import { canMove, isUnderReview, pathTo, settledState, stateAfter, TRANSITIONS, type Transition } from "./states.ts";

const STATES: readonly ChangeState[] = ["draft", "open", "changes_requested", "approved", "applied", "closed"];
const NAMES = Object.keys(TRANSITIONS) as Transition[];

/** Written out a second time on purpose: the machine accepts these moves and nothing else. */
const ALLOWED: Readonly<Record<ChangeState, Partial<Record<Transition, ChangeState>>>> = {
  draft: { open: "open", close: "closed" },
  open: { recall: "draft", request_changes: "changes_requested", approve: "approved", close: "closed" },
  changes_requested: { recall: "draft", resume: "open", close: "closed" },
  approved: {
    recall: "draft",
    request_changes: "changes_requested",
    resume: "open",
    apply: "applied",
    close: "closed",
  },
  applied: {},
  closed: { reopen: "open" },
};

test("from any state, any sequence of moves goes only where the table says", () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATES), fc.array(fc.constantFrom(...NAMES), { maxLength: 30 }), (start, moves) => {
      let state = start;
      for (const move of moves) {
        const expected = ALLOWED[state][move];
        expect(canMove(state, move)).toBe(expected !== undefined);
        if (expected === undefined) expect(() => stateAfter(state, move)).toThrow(Refusal);
        else {
          expect(stateAfter(state, move)).toBe(expected);
          state = expected;
        }
      }
    }),
  );
});

test("nothing leaves applied, and only a reopening leaves closed", () => {
  expect(NAMES.filter((move) => canMove("applied", move))).toEqual([]);
  expect(NAMES.filter((move) => canMove("closed", move))).toEqual(["reopen"]);
});

test("applying starts from approved alone", () => {
  expect(STATES.filter((state) => canMove(state, "apply"))).toEqual(["approved"]);
});

test("what reviewers say leads from any state under review to any other by allowed moves", () => {
  const underReview = STATES.filter(isUnderReview);
  for (const from of underReview) {
    for (const to of underReview) expect(pathTo(from, to).reduce(stateAfter, from)).toBe(to);
  }
});

test.each([
  ["nobody is missing", { isApproved: true, isSentBack: false }, "approved"],
  ["approvals are overridden although somebody sent it back", { isApproved: true, isSentBack: true }, "approved"],
  ["somebody waits for the author", { isApproved: false, isSentBack: true }, "changes_requested"],
  ["reviewers are missing", { isApproved: false, isSentBack: false }, "open"],
])("when %s, it is %s", (_, facts, state) => {
  expect(settledState(facts)).toBe(state);
});

test("a refused move says what is in the way", () => {
  expect(() => stateAfter("applied", "close")).toThrow("A change that is applied cannot be closed");
});

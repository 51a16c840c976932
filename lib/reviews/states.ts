import { Refusal } from "#lib/kernel/refusal.ts";
import type { ChangeState } from "./model.ts";

type Rule = { readonly from: readonly ChangeState[]; readonly to: ChangeState; readonly done: string };

/** Every move that there is. `done` completes the sentence "A change that is … cannot be …". */
export const TRANSITIONS = {
  open: { from: ["draft"], to: "open", done: "opened" },
  recall: { from: ["open", "changes_requested", "approved"], to: "draft", done: "recalled" },
  request_changes: { from: ["open", "approved"], to: "changes_requested", done: "sent back" },
  resume: { from: ["changes_requested", "approved"], to: "open", done: "put back into review" },
  approve: { from: ["open"], to: "approved", done: "approved" },
  apply: { from: ["approved"], to: "applied", done: "applied" },
  close: { from: ["draft", "open", "changes_requested", "approved"], to: "closed", done: "closed" },
  reopen: { from: ["closed"], to: "open", done: "reopened" },
} as const satisfies Readonly<Record<string, Rule>>;

export type Transition = keyof typeof TRANSITIONS;

const WORDS: Readonly<Record<ChangeState, string>> = {
  draft: "a draft",
  open: "open",
  changes_requested: "sent back for changes",
  approved: "approved",
  applied: "applied",
  closed: "closed",
};

export function stateInWords(state: ChangeState): string {
  return WORDS[state];
}

export function canMove(state: ChangeState, transition: Transition): boolean {
  const from: readonly ChangeState[] = TRANSITIONS[transition].from;
  return from.includes(state);
}

/** The state after a transition. @throws Refusal `conflict` when it does not start from this state */
export function stateAfter(state: ChangeState, transition: Transition): ChangeState {
  const { to, done } = TRANSITIONS[transition];
  if (canMove(state, transition)) return to;
  throw new Refusal("conflict", `A change that is ${WORDS[state]} cannot be ${done}`);
}

/** States in which reviewers may speak and the content may be edited. */
export function isUnderReview(state: ChangeState): boolean {
  return state === "open" || state === "changes_requested" || state === "approved";
}

export function isEditable(state: ChangeState): boolean {
  return state === "draft" || isUnderReview(state);
}

/**
 * The state of a request under review, from what its reviewers say: somebody waits for this content to change, or
 * nothing is missing, or reviewers are still to speak.
 */
export function settledState(facts: { readonly isSentBack: boolean; readonly isApproved: boolean }): ChangeState {
  if (facts.isApproved) return "approved";
  return facts.isSentBack ? "changes_requested" : "open";
}

/** The transitions that lead from one state under review to another, in order; none when they are the same. */
export function pathTo(from: ChangeState, to: ChangeState): readonly Transition[] {
  if (from === to) return [];
  switch (to) {
    case "open":
      return ["resume"];
    case "changes_requested":
      return ["request_changes"];
    case "approved":
      return from === "changes_requested" ? ["resume", "approve"] : ["approve"];
    case "draft":
    case "applied":
    case "closed":
      throw new Error(`Reviewers do not lead to ${to}`);
  }
}

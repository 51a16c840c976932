import { createContext, use } from "react";
import type { ReviewDraft } from "#components/reviews/review-draft.ts";
import type { ActionState, FormAction } from "#components/ui/action-state.ts";
import type { Anchor, ChangeState } from "#lib/reviews/model.ts";
import type { ChangeAbilities } from "#lib/reviews/view.ts";
import type { ChangeKind } from "#lib/systems/model.ts";

/** What the controls of a request's pages know of it. */
export type DeskRequest = {
  readonly number: number;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly revision: number;
  readonly contentDigest: string;
  readonly viewerId: string;
  readonly viewerName: string;
  readonly isContributor: boolean;
  /** The viewer's approval counts already. */
  readonly hasApproved: boolean;
  readonly can: ChangeAbilities;
  readonly consequence: string;
  readonly approveLabel: string;
  readonly applyLabel: string;
  readonly places: readonly string[];
  /** The last stage of the pipeline, when what runs there changes. */
  readonly lastStage: { readonly slug: string; readonly name: string } | null;
  readonly needed: readonly string[];
  /** Gates in the way, by their titles. */
  readonly inTheWay: readonly string[];
  readonly scheduledFor: Date | null;
};

type OfThread = { readonly number: number; readonly threadId: string };

/** The server actions of conversation and review. */
export type ReviewActions = {
  readonly review: FormAction;
  readonly withdraw: FormAction;
  readonly dismiss: FormAction;
  readonly start: (input: {
    readonly number: number;
    readonly anchor: Anchor;
    readonly body: string;
  }) => Promise<ActionState>;
  readonly reply: (input: OfThread & { readonly body: string }) => Promise<ActionState>;
  readonly resolve: (input: OfThread & { readonly isResolved: boolean }) => Promise<ActionState>;
};

export type Desk = {
  readonly request: DeskRequest;
  readonly actions: ReviewActions;
  readonly draft: ReviewDraft;
  readonly addPending: (anchor: Anchor, body: string) => void;
  readonly changePending: (id: string, body: string) => void;
  readonly dropPending: (id: string) => void;
  readonly writeReview: (words: Partial<Pick<ReviewDraft, "verdict" | "summary">>) => void;
  readonly clearReview: () => void;
  readonly openReview: () => void;
};

export const DeskContext = createContext<Desk | null>(null);

/** The reviewer's desk around a request. @throws outside of one: a mistake in the page */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("There is no review desk around this part of the page");
  return desk;
}

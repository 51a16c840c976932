"use client";

import dynamic from "next/dynamic";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useState } from "react";
import {
  addComment,
  changeComment,
  dropComment,
  type ReviewDraft,
  readDraft,
  storeDraft,
  useReviewDraft,
} from "#components/reviews/review-draft.ts";
import { receive } from "#components/shell/signals.ts";
import type { ActionState, FormAction } from "#components/ui/action-state.ts";
import type { Anchor, ChangeState } from "#lib/reviews/model.ts";
import type { ChangeAbilities } from "#lib/reviews/view.ts";
import type { ChangeKind } from "#lib/systems/model.ts";

const ReviewDialog = dynamic(() => import("#components/reviews/review-dialog.tsx"), { ssr: false });

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

const DeskContext = createContext<Desk | null>(null);

/** The reviewer's desk around a request. @throws outside of one: a mistake in the page */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("There is no review desk around this part of the page");
  return desk;
}

/** Holds the review that is being written, on this machine until it is sent, and the keys `r`, `c` and `v`. */
export function ReviewDesk({
  request,
  actions,
  children,
}: {
  readonly request: DeskRequest;
  readonly actions: ReviewActions;
  readonly children: ReactNode;
}) {
  const key = `${request.viewerId}:${request.number}`;
  const draft = useReviewDraft(key);
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);

  const desk = useMemo<Desk>(
    () => ({
      request,
      actions,
      draft,
      addPending: (anchor, body) => storeDraft(key, addComment(readDraft(key), anchor, body)),
      changePending: (id, body) => storeDraft(key, changeComment(readDraft(key), id, body)),
      dropPending: (id) => storeDraft(key, dropComment(readDraft(key), id)),
      writeReview: (words) => storeDraft(key, { ...readDraft(key), ...words }),
      clearReview: () => storeDraft(key, null),
      openReview: () => {
        setOpen(true);
        setWasOpen(true);
      },
    }),
    [request, actions, draft, key],
  );

  const onReview = useEffectEvent(() => {
    if (request.can.comment) desk.openReview();
  });
  useEffect(() => {
    const stops = [receive("review", () => onReview()), receive("comment", commentHere), receive("viewed", tickHere)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <DeskContext value={desk}>
      {children}
      {wasOpen ? <ReviewDialog open={isOpen} onOpenChange={setOpen} /> : null}
    </DeskContext>
  );
}

/** `c`: a comment on the line or parameter that has the focus, else on the request. */
function commentHere(): void {
  const place = document.activeElement?.closest("[data-change]") ?? null;
  const button = place?.querySelector<HTMLElement>(".diff-comment, [data-comment]");
  if (button) {
    button.click();
    return;
  }
  document.querySelector<HTMLElement>("[data-composer] textarea")?.focus();
}

/** `v`: the part that has the focus is viewed, else the first that is not. */
function tickHere(): void {
  const here = document.activeElement?.closest("[data-viewable]");
  const box =
    here?.querySelector<HTMLInputElement>("input[data-viewed]") ??
    document.querySelector<HTMLInputElement>("input[data-viewed]:not(:checked)");
  box?.focus();
  box?.click();
}

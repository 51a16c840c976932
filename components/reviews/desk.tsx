"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from "react";
import { type Desk, DeskContext, type DeskRequest, type ReviewActions } from "#components/reviews/desk-context.ts";
import {
  addComment,
  changeComment,
  dropComment,
  readDraft,
  storeDraft,
  useReviewDraft,
} from "#components/reviews/review-draft.ts";
import { receive } from "#components/shell/signals.ts";

const ReviewDialog = dynamic(() => import("#components/reviews/review-dialog.tsx"), { ssr: false });

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

"use client";

import { Ellipsis, Lock } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useDesk } from "#components/reviews/desk-context.ts";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { CountBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Check } from "#lib/gates/model.ts";

const ApplyDialog = dynamic(() => import("#components/reviews/apply-dialog.tsx"), { ssr: false });

/** The server actions that move a request. */
export type ChangeActions = Readonly<
  Record<
    | "apply"
    | "open"
    | "recall"
    | "close"
    | "reopen"
    | "claim"
    | "edit"
    | "updateFromDrafts"
    | "schedule"
    | "unschedule",
    FormAction
  >
>;

export type ChangeFacts = {
  readonly title: string;
  readonly reason: string;
  readonly authorName: string;
  readonly isAuthorActive: boolean;
  readonly isScheduled: boolean;
  readonly canApply: boolean;
  /** Gates in the way. */
  readonly blocking: readonly Check[];
  /** Checks that stand in nobody's way and have something to say before it is applied. */
  readonly advising: readonly Check[];
};

/** Opens the review; says how many comments wait in it. */
export function ReviewButton({ isPrimary, size }: { readonly isPrimary: boolean; readonly size?: "sm" | "md" }) {
  const { request, draft, openReview } = useDesk();
  if (!request.can.comment) return null;
  return (
    <Button variant={isPrimary ? "primary" : "secondary"} size={size} onClick={openReview} className="grow md:grow-0">
      {request.can.approve ? "Review changes" : "Comment"}
      <CountBadge count={draft.comments.length} label="comments pending" tone="neutral" />
    </Button>
  );
}

/** Puts it into effect, or says everything that stands in the way. Never a dead button. */
export function ApplyButton({
  facts,
  action,
  isPrimary,
}: {
  readonly facts: ChangeFacts;
  readonly action: FormAction;
  readonly isPrimary: boolean;
}) {
  const { request } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const count = facts.blocking.length;
  const isReady = facts.canApply && request.can.apply;
  const checks = count === 1 ? "1 check" : `${count} checks`;
  return (
    <>
      <Button
        variant={isReady && isPrimary ? "primary" : "secondary"}
        className={isReady ? "grow md:grow-0" : "grow text-muted! md:grow-0"}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          setWasOpen(true);
        }}
      >
        {isReady ? null : <Lock aria-hidden />}
        {isReady ? (
          request.applyLabel
        ) : facts.canApply ? (
          "Ready to apply"
        ) : (
          <>
            <span className="max-md:hidden">Can’t apply yet: {checks}</span>
            <span className="md:hidden">Not yet: {checks}</span>
          </>
        )}
      </Button>
      {wasOpen ? <ApplyDialog open={isOpen} onOpenChange={setOpen} facts={facts} action={action} /> : null}
    </>
  );
}

/** The two buttons that matter for this request as it is now. */
export function MainControls({ facts, actions }: { readonly facts: ChangeFacts; readonly actions: ChangeActions }) {
  const { request } = useDesk();
  const open = useAnnounced(actions.open);
  const hidden = { number: String(request.number), revision: String(request.revision) };
  switch (request.state) {
    case "draft":
      return request.can.open ? (
        <ActionForm action={open} hidden={hidden} className="flex grow md:grow-0">
          <SubmitButton>Open for review</SubmitButton>
        </ActionForm>
      ) : null;
    case "open":
    case "changes_requested":
    case "approved":
      return (
        <>
          <ApplyButton facts={facts} action={actions.apply} isPrimary />
          <ReviewButton
            isPrimary={request.can.approve && !request.hasApproved && !(facts.canApply && request.can.apply)}
          />
        </>
      );
    case "applied":
    case "closed":
      return <ReviewButton isPrimary={false} />;
  }
}

/** Everything else that can be done with the request. */
export const ChangeMenu = dynamic(() => import("#components/reviews/change-menu.tsx"), {
  ssr: false,
  loading: () => (
    <Button variant="secondary" disabled aria-label="More actions" className="w-8 px-0">
      <Ellipsis aria-hidden />
    </Button>
  ),
});

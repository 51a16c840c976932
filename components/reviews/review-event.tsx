"use client";

import { CircleCheck, MessageSquareWarning } from "lucide-react";
import { useDesk } from "#components/reviews/desk-context.ts";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { cx } from "#components/ui/cx.ts";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ReviewView } from "#lib/reviews/view.ts";

/** A verdict: whose, on what, and whether it still counts. Its giver can take it back. */
export function ReviewEvent({ review, now }: { readonly review: ReviewView; readonly now: Date }) {
  const { request, actions } = useDesk();
  const withdraw = useAnnounced(actions.withdraw);
  const dismiss = useAnnounced(actions.dismiss);
  const isApproval = review.verdict === "approve";
  const stands = review.withdrawnAt === null && review.dismissedAt === null;
  const isOpen = request.state === "open" || request.state === "changes_requested" || request.state === "approved";
  const isMine = review.reviewerId === request.viewerId;
  const mayDismiss = request.can.override && !isMine && !request.isContributor;
  const hidden = { number: String(request.number), reviewId: review.id };
  return (
    <article
      id={`review-${review.id}`}
      aria-label={`Review by ${review.reviewerName}`}
      className="flex max-w-3xl scroll-mt-20 gap-2.5 rounded-lg border border-border bg-surface px-3.5 py-3 target:border-accent target:ring-2 target:ring-accent-border"
    >
      <Avatar name={review.reviewerName} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="font-semibold">{review.reviewerName}</span>
          {isApproval ? (
            <StatusBadge tone={review.staleBecause ? "neutral" : "ok"} icon={CircleCheck}>
              {review.environments.length > 0 ? `Approved for ${review.environments.join(", ")}` : "Approved"}
            </StatusBadge>
          ) : (
            <StatusBadge tone={stands ? "warn" : "neutral"} icon={MessageSquareWarning}>
              Requested changes
            </StatusBadge>
          )}
          <span className="text-muted">
            <Time at={review.createdAt} now={now} show="relative" />
          </span>
        </p>
        {review.summary ? (
          <p className={cx("mt-1 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]", !stands && "text-muted")}>
            {review.summary}
          </p>
        ) : null}
        {review.staleBecause ? (
          <p className="mt-1 text-xs text-warn-fg">
            {isApproval ? "No longer counts" : "No longer stands"}: {review.staleBecause}
          </p>
        ) : isApproval && review.expiresAt ? (
          <p className="mt-1 text-xs text-muted">
            Counts until <Time at={review.expiresAt} precision="minute" />, for the content of revision{" "}
            {review.contentRevision}
          </p>
        ) : null}
        {stands && isOpen && (isMine || mayDismiss) ? (
          <div className="mt-2" data-print="hide">
            {isMine ? (
              <ConfirmDialog
                trigger={{ label: "Take back", size: "sm" }}
                title={isApproval ? "Take your approval back?" : "Take your request for changes back?"}
                description="It stays visible that you gave it, and that you took it back."
                confirmLabel="Take back"
                isDangerous={false}
                action={withdraw}
                hidden={hidden}
              />
            ) : (
              <ConfirmDialog
                trigger={{ label: "Dismiss…", size: "sm" }}
                title={`Dismiss the verdict of ${review.reviewerName}?`}
                description={`${review.reviewerName} is told, with your reason. It stays visible on the request.`}
                confirmLabel="Dismiss the verdict"
                action={dismiss}
                hidden={hidden}
              >
                <Field label="Why" name="reason" required hint="At least 10 characters; auditors read it.">
                  <Textarea rows={3} />
                </Field>
              </ConfirmDialog>
            )}
          </div>
        ) : null}
      </div>
    </article>
  );
}

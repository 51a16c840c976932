"use client";

import { Clock3 } from "lucide-react";
import { useState } from "react";
import { useDesk } from "#components/reviews/desk-context.ts";
import type { PendingComment } from "#components/reviews/review-draft.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Textarea } from "#components/ui/input.tsx";

/** A comment that waits on this machine until the review is sent. */
export function PendingCard({ comment, place }: { readonly comment: PendingComment; readonly place?: string | null }) {
  const { changePending, dropPending } = useDesk();
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="max-w-3xl rounded-lg border border-dashed border-border-strong bg-surface px-3.5 py-2.5 text-sm">
      <p className="mb-1 flex flex-wrap items-center gap-2 text-xs text-muted">
        <StatusBadge tone="info" icon={Clock3}>
          Pending
        </StatusBadge>
        {place ? <span className="font-mono [overflow-wrap:anywhere]">{place}</span> : null}
        <span>Only you see it until you submit your review.</span>
      </p>
      {isEditing ? (
        <Textarea
          aria-label="Pending comment"
          rows={2}
          value={comment.body}
          className="min-h-16"
          onChange={(event) => changePending(comment.id, event.target.value)}
        />
      ) : (
        <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{comment.body}</p>
      )}
      <div className="mt-2 flex gap-2">
        <Button size="sm" onClick={() => setEditing(!isEditing)}>
          {isEditing ? "Done" : "Edit"}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => dropPending(comment.id)}>
          Discard
        </Button>
      </div>
    </div>
  );
}

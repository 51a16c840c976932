"use client";

import { useAnnounced } from "#components/reviews/use-announced.ts";
import { counted } from "#components/reviews/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";

/** Takes the drafts' text into the request; says whose approvals that ends. */
export function UpdateFromDrafts({
  number,
  revision,
  approvals,
  action,
}: {
  readonly number: number;
  readonly revision: number;
  readonly approvals: number;
  readonly action: FormAction;
}) {
  const update = useAnnounced(action);
  return (
    <ConfirmDialog
      trigger={{ label: "Update the request from the draft", variant: "primary", size: "sm" }}
      title="Update the request from the draft?"
      description={
        approvals > 0
          ? `The content changes, so ${counted(approvals, "approval")} will be dismissed and reviewers look at it again.`
          : "The content changes; nobody has approved it yet."
      }
      confirmLabel="Update the request"
      isDangerous={false}
      action={update}
      hidden={{ number: String(number), revision: String(revision) }}
    />
  );
}

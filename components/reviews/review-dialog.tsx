"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { placeInWords } from "#components/reviews/anchors.ts";
import { useDesk } from "#components/reviews/desk-context.ts";
import { PendingCard } from "#components/reviews/pending-card.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { RadioGroup } from "#components/ui/choice.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { utcTime } from "#components/ui/relative-time.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Verdict } from "#lib/reviews/model.ts";

/** The verdict with everything that it sets in motion, and every pending comment sent with it. */
export default function ReviewDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const { request, actions, draft, writeReview, clearReview } = useDesk();
  const [isRefused, setRefused] = useState(false);
  const { can, isContributor } = request;
  const isSettled = request.state === "applied" || request.state === "closed";
  const wanted = draft.verdict ?? (can.approve ? "approve" : "comment");
  const verdict: Verdict = can.approve ? wanted : wanted === "approve" || isContributor ? "comment" : wanted;
  const mayJudge = can.approve && !isSettled;

  const send = async (state: ActionState, form: FormData): Promise<ActionState> => {
    const answer = await actions.review(state, form);
    setRefused(answer.ok === false);
    return answer;
  };
  const label = {
    approve: request.approveLabel,
    request_changes: "Request changes",
    comment: draft.comments.length > 1 ? "Submit comments" : "Submit comment",
  }[verdict];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={`Review #${request.number}`}
      description="Recorded in the audit trail, with the digest of what you saw."
    >
      <ActionForm
        action={send}
        hidden={{
          number: String(request.number),
          contentDigest: request.contentDigest,
          comments: JSON.stringify(draft.comments.map(({ anchor, body }) => ({ anchor, body }))),
        }}
        onDone={() => {
          clearReview();
          onOpenChange(false);
        }}
      >
        {isRefused ? (
          <Callout
            tone="warn"
            title="Your review is kept on this machine"
            actions={
              <Button size="sm" onClick={() => router.refresh()}>
                Show what changed
              </Button>
            }
          >
            If somebody edited the request meanwhile, look at it again; then submit what you wrote.
          </Callout>
        ) : null}
        <Consequences />
        <RadioGroup
          legend="Verdict"
          name="verdict"
          required
          defaultValue={verdict}
          onValueChange={(value) => {
            if (value === "approve" || value === "request_changes" || value === "comment")
              writeReview({ verdict: value });
          }}
          options={[
            {
              value: "approve",
              label: request.approveLabel,
              isDisabled: !mayJudge,
              hint: can.approveRefusal ?? "Counts for exactly this content; an edit makes it stale.",
            },
            {
              value: "request_changes",
              label: "Request changes",
              isDisabled: !mayJudge,
              hint: mayJudge ? "It cannot take effect until you approve, or take this back." : undefined,
            },
            { value: "comment", label: "Comment", hint: "No verdict." },
          ]}
        />
        <Field
          label="Summary"
          name="summary"
          required={verdict !== "comment" || draft.comments.length === 0}
          hint={verdict === "comment" ? undefined : "What you looked at, and why you decide so."}
        >
          <Textarea
            rows={3}
            value={draft.summary}
            placeholder="What did you verify?"
            onChange={(event) => writeReview({ summary: event.target.value })}
          />
        </Field>
        {draft.comments.length > 0 ? (
          <section aria-label="Pending comments" className="grid gap-2">
            <h3 className="text-sm font-medium">
              {draft.comments.length === 1 ? "1 comment goes with it" : `${draft.comments.length} comments go with it`}
            </h3>
            {draft.comments.map((comment) => (
              <PendingCard key={comment.id} comment={comment} place={placeInWords(comment.anchor)} />
            ))}
          </section>
        ) : null}
        <DialogActions>
          <SubmitButton>{label}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

/** What happens when it is applied, what else it waits for, and when. */
function Consequences() {
  const { request } = useDesk();
  const { lastStage, needed, inTheWay, scheduledFor } = request;
  const others = inTheWay.filter((title) => title !== "Approvals");
  return (
    <div className="grid gap-1.5 rounded-lg border border-border bg-canvas px-3.5 py-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-1.5">
        {request.places.map((place) => (
          <Badge key={place} tone={place === lastStage?.name ? "danger" : "neutral"}>
            {place}
          </Badge>
        ))}
      </p>
      <p>{request.consequence}</p>
      {needed.length > 0 ? <p className="text-muted">Until now: {needed.join(". ")}.</p> : null}
      <p className="text-muted">
        {others.length === 0
          ? "Every other check holds."
          : `Also in the way: ${others.join(", ")}. Your approval does not pass over them.`}
      </p>
      <p className="text-muted">
        {scheduledFor
          ? `It applies at ${utcTime(scheduledFor, "minute")}, if every check holds then.`
          : "Nothing happens at once: somebody has to apply it."}
      </p>
    </div>
  );
}

"use client";

import { useId, useState } from "react";
import type { ChangeFacts } from "#components/reviews/change-controls.tsx";
import { CheckBadge } from "#components/reviews/check-badge.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { whoMay } from "#components/reviews/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** So many places of one check are told here; the page of checks has all of them. */
const FIRST = 5;

/** Either the confirmation, which names what happens and where, or every gate in the way with who can clear it. */
export default function ApplyDialog({
  open,
  onOpenChange,
  facts,
  action,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly facts: ChangeFacts;
  readonly action: FormAction;
}) {
  const { request } = useDesk();
  const close = () => onOpenChange(false);
  if (facts.canApply && request.can.apply) {
    return (
      <Dialog open={open} onOpenChange={onOpenChange} title={`${request.applyLabel}?`}>
        <Confirmation action={action} close={close} advising={facts.advising} />
      </Dialog>
    );
  }
  if (facts.canApply) {
    return (
      <Dialog open={open} onOpenChange={onOpenChange} title="Every gate holds">
        <p className="text-sm">
          It is ready. {whoMay("change:apply")} for {request.places.join(", ") || "this system"} can apply it now.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title="Can’t apply yet"
      description="Everything that stands in the way, all at once. It is checked again when it is applied."
    >
      <ul className="grid gap-3">
        {facts.blocking.map((check) => (
          <li key={check.id} className="grid gap-0.5 border-b border-border pb-3 text-sm last:border-b-0">
            <p className="flex flex-wrap items-center gap-2">
              <CheckBadge status={check.status} isBlocking={check.isBlocking} />
              <span className="font-semibold">{check.title}</span>
            </p>
            <p className="[overflow-wrap:anywhere]">{check.summary}</p>
            <p className="text-muted">Who can clear it: {check.clearedBy}</p>
            <p className="flex flex-wrap gap-x-4 gap-y-1">
              <TextLink href={check.href} onClick={close} className="inline-flex min-h-6 items-center">
                Go there
              </TextLink>
              {check.override === null ? (
                <span className="text-muted">Nobody may override it</span>
              ) : request.can.override ? (
                <TextLink
                  href={`/changes/${request.number}/checks#${check.id}`}
                  onClick={close}
                  className="inline-flex min-h-6 items-center"
                >
                  Override…
                </TextLink>
              ) : (
                <span className="text-muted">{whoMay(check.override)} may override it</span>
              )}
            </p>
          </li>
        ))}
      </ul>
      <DialogActions cancelLabel="Close">
        <LinkButton href={`/changes/${request.number}/checks`} onClick={close}>
          All checks
        </LinkButton>
      </DialogActions>
    </Dialog>
  );
}

function Confirmation({
  action,
  close,
  advising,
}: {
  readonly action: FormAction;
  readonly close: () => void;
  readonly advising: ChangeFacts["advising"];
}) {
  const { request } = useDesk();
  const id = useId();
  const [typed, setTyped] = useState("");
  const apply = useAnnounced(action);
  const { lastStage } = request;
  const mustType = lastStage !== null;
  return (
    <ActionForm
      action={apply}
      hidden={{
        number: String(request.number),
        revision: String(request.revision),
        contentDigest: request.contentDigest,
      }}
      onDone={close}
    >
      <p className="flex flex-wrap items-center gap-1.5">
        {request.places.map((place) => (
          <Badge key={place} tone={place === lastStage?.name ? "danger" : "neutral"}>
            {place}
          </Badge>
        ))}
      </p>
      <p className="text-sm">{request.consequence}</p>
      <Advice checks={advising} close={close} />
      {mustType ? (
        <div className="grid gap-1">
          <label htmlFor={id} className="text-sm">
            Type <strong className="font-mono font-semibold">{lastStage.slug}</strong> to confirm
          </label>
          <Input
            id={id}
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      ) : null}
      <DialogActions>
        <SubmitButton variant={mustType ? "danger" : "primary"} disabled={mustType && typed.trim() !== lastStage.slug}>
          {request.applyLabel}
        </SubmitButton>
      </DialogActions>
    </ActionForm>
  );
}

/** What does not stand in the way and should be known before. */
function Advice({ checks, close }: { readonly checks: ChangeFacts["advising"]; readonly close: () => void }) {
  const { number } = useDesk().request;
  if (checks.length === 0) return null;
  return (
    <ul aria-label="Good to know" className="grid max-h-64 gap-3 overflow-y-auto border-y border-border py-3 text-sm">
      {checks.map((check) => (
        <li key={check.id} className="grid gap-1 [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-2">
            <CheckBadge status={check.status} isBlocking={check.isBlocking} />
            <span className="font-semibold">{check.title}</span>
          </p>
          <p>{check.summary}</p>
          {check.items.length === 0 ? null : (
            <ul className="grid list-disc gap-1 ps-5 text-muted">
              {check.items.slice(0, FIRST).map((item) => (
                <li key={item.item}>{item.message}</li>
              ))}
            </ul>
          )}
          {check.items.length > FIRST ? (
            <TextLink href={`/changes/${number}/checks#${check.id}`} onClick={close}>
              {check.items.length - FIRST} more
            </TextLink>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

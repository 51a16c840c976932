"use client";

import { type KeyboardEvent, type ReactNode, useId, useState, useTransition } from "react";
import { useStored, writeStored } from "#components/reviews/stored.ts";
import type { ActionState } from "#components/ui/action-state.ts";
import { Button } from "#components/ui/button.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Textarea } from "#components/ui/input.tsx";

/**
 * Where a comment is written. What is typed is kept on this machine under `storeAs` until it is sent, so a reload, a refusal or
 * a lost connection takes nothing away.
 */
export function Composer({
  label,
  storeAs,
  placeholder,
  sendLabel,
  send,
  keep,
  onCancel,
  onSent,
  autoFocus = false,
  rows = 2,
}: {
  readonly label: string;
  readonly storeAs: string;
  readonly placeholder?: string;
  readonly sendLabel: string;
  readonly send: (body: string) => Promise<ActionState>;
  /** Puts it into the review that is being written, to be sent with it. The first choice where there is one. */
  readonly keep?: (body: string) => void;
  readonly onCancel?: () => void;
  readonly onSent?: () => void;
  readonly autoFocus?: boolean;
  readonly rows?: number;
}) {
  const id = useId();
  const body = useStored(storeAs) ?? "";
  const [problem, setProblem] = useState<ReactNode>(null);
  const [isSending, start] = useTransition();
  const isEmpty = body.trim() === "";

  const done = () => {
    writeStored(storeAs, null);
    setProblem(null);
    onSent?.();
  };
  const sendNow = () => {
    if (isEmpty || isSending) return;
    start(async () => {
      const answer = await send(body.trim()).catch(() => null);
      if (answer?.ok) return done();
      setProblem(answer?.message ?? "The server did not answer. What you wrote is kept; send it again.");
    });
  };
  const keepNow = () => {
    if (isEmpty) return;
    keep?.(body.trim());
    done();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (keep) keepNow();
      else sendNow();
    }
    if (event.key === "Escape" && onCancel) {
      event.preventDefault();
      onCancel();
    }
  };
  return (
    <div className="grid gap-2" data-print="hide">
      {problem ? <FormError>{problem}</FormError> : null}
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Textarea
        id={id}
        rows={rows}
        value={body}
        placeholder={placeholder ?? label}
        ref={autoFocus ? focusOnce : undefined}
        className="min-h-16"
        onChange={(event) => writeStored(storeAs, event.target.value)}
        onKeyDown={onKey}
      />
      <div className="flex flex-wrap gap-2">
        {keep ? (
          <Button variant="primary" disabled={isEmpty} onClick={keepNow}>
            Add to review
          </Button>
        ) : null}
        <Button variant={keep ? "secondary" : "primary"} disabled={isEmpty} aria-busy={isSending} onClick={sendNow}>
          {isSending ? "Sending…" : sendLabel}
        </Button>
        {onCancel ? (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
      </div>
    </div>
  );
}

const focusOnce = (field: HTMLTextAreaElement | null) => {
  field?.focus();
};

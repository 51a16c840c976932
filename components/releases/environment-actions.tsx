"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type Place = { readonly system: string; readonly environment: string };

/** Puts the environment on hold, or lifts the hold; either way with a reason. */
export function HoldDialog({
  place,
  name,
  isHeld,
  action,
}: {
  readonly place: Place;
  readonly name: string;
  readonly isHeld: boolean;
  readonly action: FormAction;
}) {
  const [isOpen, setOpen] = useState(false);
  const title = isHeld ? `Lift the hold on ${name}` : `Put ${name} on hold`;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: isHeld ? "Lift hold" : "Hold" }}
      title={title}
      description={
        isHeld
          ? "Promotions into it can take effect again."
          : "Nothing is promoted into it until someone lifts the hold."
      }
    >
      <ActionForm action={action} hidden={place} onDone={() => setOpen(false)}>
        <Field label="Reason" name="reason" required hint="Recorded in the audit trail.">
          <Textarea rows={3} />
        </Field>
        <DialogActions>
          <SubmitButton>{title}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

/** States which digest was seen running. */
export function VerifyDialog({
  deployment,
  expected,
  action,
}: {
  readonly deployment: number;
  readonly expected: string;
  readonly action: FormAction;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: "Verify", size: "sm" }}
      title={`Verify deployment #${deployment}`}
      description="Say which digest you saw running, and where. It is verified when it is the deployed one, and failed otherwise."
    >
      <ActionForm action={action} hidden={{ deployment: String(deployment) }} onDone={() => setOpen(false)}>
        <p className="text-sm text-muted">
          Deployed: <code className="font-mono text-xs [overflow-wrap:anywhere]">{expected}</code>
        </p>
        <Field label="Digest that you saw running" name="digest" required>
          <Input mono placeholder="sha256:…" />
        </Field>
        <Field label="Where and how" name="evidence" required hint="For example a pipeline's run or a dashboard.">
          <Textarea rows={2} />
        </Field>
        <DialogActions>
          <SubmitButton>Record</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

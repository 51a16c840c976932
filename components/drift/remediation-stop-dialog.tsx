"use client";

import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import type { DialogControl } from "#components/ui/dialog-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Asks why a remediation is cancelled, or its quarantine lifted. */
export default function RemediationStopDialog({
  kind,
  name,
  hidden,
  action,
  ...control
}: DialogControl & {
  readonly kind: "cancel" | "lift";
  /** */
  readonly name: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly action: FormAction;
}) {
  const isLift = kind === "lift";
  return (
    <Dialog
      {...control}
      title={isLift ? `Lift the quarantine of ${name}` : `Cancel ${name}`}
      description={
        isLift
          ? "What it restored changed back every time. Find out what changes it before anything is tried again."
          : "Runtimes are asked no more. What they run stays as it is, and policy does not try the same again."
      }
    >
      <ActionForm action={action} hidden={hidden}>
        <Field label="Reason" name="reason" required hint="Auditors read it.">
          <Textarea rows={2} />
        </Field>
        <DialogActions cancelLabel="Back">
          <SubmitButton>{isLift ? "Lift the quarantine" : `Cancel ${name}`}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import type { DialogControl } from "#components/ui/dialog-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const DAY = 86_400_000;
const LONGEST = 90;

/** Puts a finding out of sight, or proposes what it observed. */
export default function FindingDialog({
  kind,
  name,
  hidden,
  action,
  ...control
}: DialogControl & {
  readonly kind: "suppress" | "accept";
  /** F-12 */
  readonly name: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly action: FormAction;
}) {
  const [today] = useState(() => Date.now());
  const inDays = (days: number) => new Date(today + days * DAY).toISOString().slice(0, 10);
  switch (kind) {
    case "suppress":
      return (
        <Dialog
          {...control}
          title={`Suppress ${name}`}
          description="It goes out of sight and raises no alert until the day that you give; then it is open again. The difference still counts for the status of its place."
        >
          <ActionForm action={action} hidden={hidden}>
            <Field label="Until" name="until" required hint="Midnight in UTC at the beginning of that day.">
              <Input type="date" min={inDays(1)} max={inDays(LONGEST)} defaultValue={inDays(7)} />
            </Field>
            <Field label="Reason" name="reason" required hint="Auditors read it.">
              <Textarea rows={3} />
            </Field>
            <DialogActions>
              <SubmitButton>Suppress {name}</SubmitButton>
            </DialogActions>
          </ActionForm>
        </Dialog>
      );
    case "accept":
      return (
        <Dialog
          {...control}
          title={`Accept ${name}`}
          description="Opens a change request that would make the observed value the declared one. It goes through every check and approval like any other; until it is applied, the difference stays."
        >
          <ActionForm action={action} hidden={hidden}>
            <Field label="Reason" name="reason" required hint="Becomes the reason of the change request.">
              <Textarea rows={3} />
            </Field>
            <DialogActions>
              <SubmitButton>Open the change request</SubmitButton>
            </DialogActions>
          </ActionForm>
        </Dialog>
      );
  }
}

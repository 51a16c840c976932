"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { type Choice, NativeSelect } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Puts a person into a group. */
export function AddMemberDialog({
  group,
  people,
  action,
}: {
  readonly group: string;
  readonly people: readonly Choice[];
  readonly action: FormAction;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={{ label: "Add someone", size: "sm" }}
      open={open}
      onOpenChange={setOpen}
      title="Add someone to the group"
      description="Their sessions end, so that it holds from the next sign-in. Someone who is not listed is added on their own page."
    >
      <ActionForm action={action} hidden={{ group }} onDone={() => setOpen(false)} label="Add someone">
        <Field label="Person" name="personId" required>
          <NativeSelect options={people} placeholder="Choose…" />
        </Field>
        <DialogActions>
          <SubmitButton>Add to group</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

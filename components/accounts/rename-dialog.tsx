"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Gives a person or a group another name. */
export function RenameDialog({
  name,
  hidden,
  action,
}: {
  readonly name: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly action: FormAction;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog trigger={{ label: "Rename" }} open={open} onOpenChange={setOpen} title={`Rename ${name}`}>
      <ActionForm action={action} hidden={hidden} onDone={() => setOpen(false)} label="Rename">
        <Field label="Name" name="name" required>
          <Input defaultValue={name} autoComplete="off" />
        </Field>
        <DialogActions>
          <SubmitButton>Save name</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

"use client";

import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Makes a group. */
export function NewGroupDialog({ action }: { readonly action: FormAction }) {
  return (
    <Dialog trigger={{ label: "New group", variant: "primary" }} title="New group">
      <ActionForm action={action} label="New group">
        <Field label="Name" name="name" required>
          <Input autoComplete="off" placeholder="Safety" />
        </Field>
        <Field
          label="Slug"
          name="slug"
          hint="What policies and the company's sign-in call it: lower-case letters, digits, hyphens. It stays for ever."
          required
        >
          <Input mono autoComplete="off" spellCheck={false} placeholder="safety" />
        </Field>
        <DialogActions>
          <SubmitButton>Make group</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

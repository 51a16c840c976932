"use client";

import { useState } from "react";
import { slugOf } from "#components/systems/slug-of.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Adds a bundle to a system; the action goes on to its page. */
export function NewBundleDialog({
  system,
  action,
  isOpenAtFirst,
}: {
  readonly system: string;
  readonly action: FormAction;
  readonly isOpenAtFirst: boolean;
}) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: "Add a bundle", variant: "primary" }}
      title="Add a bundle"
      description="One configuration document, reviewed, deployed and rolled back as one. Give each component of a compound system its own."
    >
      <ActionForm action={action} hidden={{ system }} label="Add a bundle">
        <Field label="Name" name="name" required>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={120} autoComplete="off" />
        </Field>
        <Field
          label="Short name"
          name="slug"
          required
          hint="Appears in addresses and constraints; it cannot be changed later"
        >
          <Input
            mono
            value={slug ?? slugOf(name)}
            onChange={(event) => setSlug(event.target.value)}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field label="Description" name="description" optional>
          <Textarea rows={2} maxLength={2000} />
        </Field>
        <DialogActions>
          <SubmitButton>Add bundle</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

"use client";

import { useState } from "react";
import { slugOf } from "#components/systems/slug-of.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Adds a stage at the end of the pipeline. */
export function AddEnvironmentDialog({
  system,
  revision,
  action,
}: {
  readonly system: string;
  readonly revision: number;
  readonly action: FormAction;
}) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: "Add an environment" }}
      title="Add an environment"
      description="It becomes the last stage: what reaches it went through all the others."
    >
      <ActionForm
        action={action}
        hidden={{ system, revision: String(revision) }}
        onDone={() => {
          setOpen(false);
          setName("");
          setSlug(null);
        }}
      >
        <Field label="Name" name="name" required>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={120} autoComplete="off" />
        </Field>
        <Field label="Short name" name="slug" required hint="It cannot be changed later">
          <Input
            mono
            value={slug ?? slugOf(name)}
            onChange={(event) => setSlug(event.target.value)}
            maxLength={60}
            autoComplete="off"
          />
        </Field>
        <DialogActions>
          <SubmitButton>Add environment</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

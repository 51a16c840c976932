"use client";

import { useState } from "react";
import { ReachFields, type SystemChoice } from "#components/accounts/reach-fields.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Gives a role to a person or a group. */
export function GrantDialog({
  to,
  name,
  systems,
  action,
}: {
  readonly to: { readonly personId: string } | { readonly group: string };
  readonly name: string;
  readonly systems: readonly SystemChoice[];
  readonly action: FormAction;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={{ label: "Grant a role", size: "sm" }}
      open={open}
      onOpenChange={setOpen}
      title="Grant a role"
      description={`To ${name}. Running sessions end, so that it holds from the next sign-in.`}
    >
      <ActionForm action={action} hidden={to} onDone={() => setOpen(false)} label="Grant a role">
        <ReachFields systems={systems} />
        <Field label="Last day" name="until" hint="The role ends with this day, in UTC. Empty: it has no end." optional>
          <Input type="date" />
        </Field>
        <DialogActions>
          <SubmitButton>Grant role</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

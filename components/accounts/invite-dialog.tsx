"use client";

import { ReachFields, type SystemChoice } from "#components/accounts/reach-fields.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { type Choice, Input } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Lets someone in, with a first role and groups. */
export function InviteDialog({
  systems,
  groups,
  action,
}: {
  readonly systems: readonly SystemChoice[];
  readonly groups: readonly Choice[];
  readonly action: FormAction;
}) {
  return (
    <Dialog
      trigger={{ label: "Add a member", variant: "primary" }}
      title="Add a member"
      description="They sign in with this password until they change it, or through your company's sign-in."
      size="md"
    >
      <ActionForm action={action} label="Add a member">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" name="name" required>
            <Input autoComplete="off" />
          </Field>
          <Field label="E-mail" name="email" required>
            <Input type="email" autoComplete="off" />
          </Field>
        </div>
        <Field
          label="Initial password"
          name="password"
          hint="At least 12 characters. Leave it empty for those who sign in through the company only."
          optional
        >
          <Input type="text" mono autoComplete="off" spellCheck={false} />
        </Field>
        <ReachFields systems={systems} isOptional />
        {groups.length === 0 ? null : (
          <Field label="Groups" name="groups" optional>
            <MultiSelect options={groups} />
          </Field>
        )}
        <DialogActions>
          <SubmitButton>Add member</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

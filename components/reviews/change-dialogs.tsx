"use client";

import type { ReactNode } from "react";
import type { ChangeActions, ChangeFacts } from "#components/reviews/change-controls.tsx";
import { useDesk } from "#components/reviews/desk-context.ts";
import { ScheduleField } from "#components/reviews/schedule-field.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import type { ButtonVariant } from "#components/ui/button-class.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

export type ChangeDialogKind = "edit" | "recall" | "close" | "reopen" | "claim" | "schedule" | "unschedule";

type Content = {
  readonly title: string;
  readonly description: string;
  readonly action: FormAction;
  readonly submit: string;
  readonly variant?: ButtonVariant;
  readonly fields?: ReactNode;
};

function contentOf(kind: ChangeDialogKind, facts: ChangeFacts, actions: ChangeActions): Content {
  switch (kind) {
    case "edit":
      return {
        title: "Edit title and reason",
        description: "New words keep the approvals: they are given to the content.",
        action: actions.edit,
        submit: "Save",
        fields: (
          <>
            <Field label="Title" name="title" required>
              <Input defaultValue={facts.title} maxLength={160} />
            </Field>
            <Field label="Reason" name="reason" required hint="Auditors read it.">
              <Textarea defaultValue={facts.reason} rows={5} />
            </Field>
          </>
        ),
      };
    case "recall":
      return {
        title: "Recall this change?",
        description: "It goes back to a draft, and every approval given so far ends.",
        action: actions.recall,
        submit: "Recall",
      };
    case "claim":
      return {
        title: `Take over from ${facts.authorName}?`,
        description: "You become its author, so you can no longer approve it.",
        action: actions.claim,
        submit: "Take over",
      };
    case "close":
      return {
        title: "Close without applying?",
        description: "Its drafts can be edited and proposed again. A closed change can be reopened.",
        action: actions.close,
        submit: "Close the change",
        variant: "danger",
        fields: <Reason label="Why it is given up" />,
      };
    case "reopen":
      return {
        title: "Reopen this change?",
        description: "It goes back into review; approvals from before do not count.",
        action: actions.reopen,
        submit: "Reopen",
        fields: <Reason label="Why it is taken up again" />,
      };
    case "schedule":
      return {
        title: "Schedule",
        description: "At its time every gate is checked again. What no longer holds suspends it, and you are told.",
        action: actions.schedule,
        submit: "Schedule",
        fields: <ScheduleField name="at" label="Apply at" />,
      };
    case "unschedule":
      return {
        title: "Take it off the schedule?",
        description: "It stays approved, and can be applied by hand.",
        action: actions.unschedule,
        submit: "Take off the schedule",
      };
  }
}

/** The dialog that was asked for, if one was. */
export default function ChangeDialogs({
  dialog,
  close,
  facts,
  actions,
}: {
  readonly dialog: ChangeDialogKind | null;
  readonly close: () => void;
  readonly facts: ChangeFacts;
  readonly actions: ChangeActions;
}) {
  const { request } = useDesk();
  if (dialog === null) return null;
  const { title, description, action, submit, variant, fields } = contentOf(dialog, facts, actions);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={title}
      description={description}
    >
      <ActionForm
        action={action}
        hidden={{ number: String(request.number), revision: String(request.revision) }}
        onDone={close}
      >
        {fields}
        <DialogActions>
          <SubmitButton variant={variant}>{submit}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

function Reason({ label }: { readonly label: string }) {
  return (
    <Field label={label} name="reason" required hint="At least 10 characters; auditors read it.">
      <Textarea rows={3} />
    </Field>
  );
}

"use client";

import type { ReactNode } from "react";
import type { PatchActions, PatchDialogKind, PatchFacts } from "#components/hot-patches/patch-controls.tsx";
import { minutesText } from "#components/hot-patches/words.ts";
import { counted } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import type { ButtonVariant } from "#components/ui/button-class.ts";
import { RadioGroup } from "#components/ui/choice.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type Content = {
  readonly title: string;
  readonly description: ReactNode;
  readonly action: FormAction;
  readonly submit: string;
  readonly variant?: ButtonVariant;
  readonly fields: ReactNode;
};

/** What a person is asked before something happens to a patch, and what it will do. */
export default function PatchDialog({
  kind,
  open,
  onOpenChange,
  facts,
  actions,
}: {
  readonly kind: PatchDialogKind;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly facts: PatchFacts;
  readonly actions: PatchActions;
}) {
  const content = contentOf(kind, facts, actions);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={content.title} description={content.description}>
      <ActionForm action={content.action} hidden={{ number: String(facts.number) }} label={content.title}>
        {content.fields}
        <DialogActions>
          <SubmitButton variant={content.variant}>{content.submit}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

function contentOf(kind: PatchDialogKind, facts: PatchFacts, actions: PatchActions): Content {
  const { name, environment } = facts;
  switch (kind) {
    case "approve":
      return {
        title: `Approve ${name}?`,
        description: `It takes effect in ${environment} at once, and ends ${minutesText(facts.minutes)} later. Everything is checked again first.`,
        action: actions.approve,
        submit: `Approve for ${environment}`,
        fields: (
          <Field label="Note" name="note" optional>
            <Input maxLength={2_000} autoComplete="off" />
          </Field>
        ),
      };
    case "deny":
      return {
        title: `Deny ${name}?`,
        description: "It never takes effect. Whoever filed it is told why, and can file another.",
        action: actions.deny,
        submit: `Deny ${name}`,
        variant: "danger",
        fields: <Reason hint="Whoever filed it reads it; auditors too." />,
      };
    case "withdraw":
      return {
        title: `Withdraw ${name}?`,
        description: "Nobody has answered it yet, and nobody will be asked any more.",
        action: actions.withdraw,
        submit: `Withdraw ${name}`,
        variant: "danger",
        fields: <Reason hint="Auditors read it." />,
      };
    case "extend":
      return {
        title: `Extend ${name}`,
        description: `The new time counts from now; what it changes stays as it is. It can be extended ${counted(facts.extensionsLeft, "more time")}, and never beyond ${facts.ceiling}.`,
        action: actions.extend,
        submit: `Extend ${name}`,
        fields: (
          <>
            <Field label="For how long, from now" name="minutes" required>
              <NativeSelect
                options={facts.lengths.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
                defaultValue={String(facts.defaultLength)}
              />
            </Field>
            <Reason label="What is new" hint="A reason that was given before is not taken again." />
          </>
        ),
      };
    case "review":
      return {
        title: `Review ${name}`,
        description: "You had no part in it: look at what it changed, and say whether it was right to do.",
        action: actions.review,
        submit: "Record the review",
        fields: (
          <>
            <RadioGroup
              legend="Verdict"
              name="verdict"
              required
              options={[
                { value: "sound", label: "Sound", hint: "It was right to do, as far as could be known then" },
                { value: "objected", label: "I object", hint: "It was not; the note says why" },
              ]}
            />
            <Field label="What you looked at" name="note" required hint="A sentence that auditors can follow.">
              <Textarea rows={3} />
            </Field>
          </>
        ),
      };
    case "keep":
      return {
        title: `Make ${name} permanent?`,
        description:
          "Opens a change request with these values, filled in. It passes every check and approval like any other; until it is deployed, the patch ends when it ends.",
        action: actions.keep,
        submit: "Open the change request",
        fields: <Reason hint="Becomes the reason of the change request." />,
      };
    case "revert":
      return {
        title: facts.isServed ? `Take ${name} back now?` : `Confirm that ${name} stays reverted?`,
        description: facts.isServed
          ? `${environment} goes back to what is declared, at once. This decides the follow-up.`
          : "It is over already. This decides the follow-up: what it set is not kept.",
        action: actions.revert,
        submit: facts.isServed ? `Revert in ${environment} now` : "Leave it reverted",
        variant: facts.isServed ? "danger" : "primary",
        fields: <Reason hint="Auditors read it." />,
      };
    case "reassign":
      return {
        title: `Give the follow-up of ${name} to somebody else`,
        description: "They are told, and owe the decision from now on.",
        action: actions.reassign,
        submit: "Give it over",
        fields: (
          <>
            <Field label="To" name="personId" required>
              <NativeSelect
                placeholder="Choose somebody"
                options={facts.possibleOwners.map((person) => ({ value: person.id, label: person.name }))}
              />
            </Field>
            <Reason hint="They read it; auditors too." />
          </>
        ),
      };
  }
}

function Reason({ label = "Reason", hint }: { readonly label?: string; readonly hint: string }) {
  return (
    <Field label={label} name="reason" required hint={hint}>
      <Textarea rows={3} />
    </Field>
  );
}

"use client";

import type { ReactNode } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** Title, reason and incident of a request that is being proposed. What it carries comes with the address. */
export function NewChangeForm({
  action,
  hidden,
  repeated,
  suggestedTitle,
  isReady,
  children,
}: {
  readonly action: FormAction;
  readonly hidden: Readonly<Record<string, string>>;
  /** What was chosen, by field. */
  readonly repeated: Readonly<Record<string, readonly string[]>>;
  readonly suggestedTitle: string;
  readonly isReady: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <ActionForm action={action} hidden={hidden}>
      {Object.entries(repeated).flatMap(([name, values]) =>
        values.map((value) => <input key={`${name}${value}`} type="hidden" name={name} value={value} />),
      )}
      <Field label="Title" name="title" required>
        <Input key={suggestedTitle} defaultValue={suggestedTitle} maxLength={160} />
      </Field>
      <Field
        label="Reason"
        name="reason"
        required
        hint="Why it is needed, and what speaks for it. Reviewers and auditors read it."
      >
        <Textarea rows={5} />
      </Field>
      <Field label="Incident" name="incident" optional hint="The incident it answers, for example INC-42.">
        <Input maxLength={80} autoComplete="off" />
      </Field>
      {children}
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="asDraft" value="false" disabled={!isReady}>
          Open for review
        </SubmitButton>
        <SubmitButton name="asDraft" value="true" variant="secondary" disabled={!isReady}>
          Keep as draft
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

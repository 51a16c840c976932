"use client";

import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** One's own name and password. */
export function AccountForms({
  name,
  revision,
  hasPassword,
  rename,
  changePassword,
}: {
  readonly name: string;
  readonly revision: number | null;
  readonly hasPassword: boolean;
  readonly rename: FormAction;
  readonly changePassword: FormAction;
}) {
  return (
    <>
      <Card labelledBy="profile">
        <CardHeader title="Name" titleId="profile" description="As reviews, approvals and the audit trail show it." />
        <CardBody>
          <ActionForm
            action={rename}
            hidden={revision === null ? {} : { revision: String(revision) }}
            label="Name"
            className="flex flex-wrap items-end gap-3"
          >
            <div className="grow basis-60">
              <Field label="Name" name="name" required>
                <Input defaultValue={name} autoComplete="name" />
              </Field>
            </div>
            <SubmitButton variant="secondary">Save name</SubmitButton>
          </ActionForm>
        </CardBody>
      </Card>
      {hasPassword ? (
        <Card labelledBy="password">
          <CardHeader
            title="Password"
            titleId="password"
            description="Changing it ends all your sessions, this one too; you then sign in with the new one."
          />
          <CardBody>
            <ActionForm action={changePassword} label="Password">
              <div className="grid gap-4 sm:grid-cols-2">
                <Field label="Current password" name="current" required>
                  <Input type="password" autoComplete="current-password" />
                </Field>
                <Field
                  label="New password"
                  name="password"
                  hint="At least 12 characters. Several words are easy."
                  required
                >
                  <Input type="password" autoComplete="new-password" minLength={12} />
                </Field>
              </div>
              <div>
                <SubmitButton variant="secondary">Change password</SubmitButton>
              </div>
            </ActionForm>
          </CardBody>
        </Card>
      ) : null}
    </>
  );
}

"use client";

import { RISK_TIER_WORD } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RISK_TIERS, type RiskTier } from "#lib/systems/model.ts";

const TIERS = RISK_TIERS.map((tier) => ({ value: tier, label: RISK_TIER_WORD[tier] }));

type Described = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly owningTeam: string;
  readonly riskTier: RiskTier;
  readonly isProtected: boolean;
  readonly revision: number;
};

/** What a system is called, who answers for it, and whether its rules are protected. */
export function SystemSettings({
  system,
  mayManage,
  actions,
}: {
  readonly system: Described;
  readonly mayManage: boolean;
  readonly actions: { readonly describe: FormAction; readonly protect: FormAction };
}) {
  const seen = { system: system.slug, revision: String(system.revision) };
  return (
    <div className="grid max-w-3xl gap-4">
      <Card labelledBy="description">
        <CardHeader title="Description" titleId="description" />
        <CardBody>
          {mayManage ? (
            <DescribeForm system={system} seen={seen} action={actions.describe} />
          ) : (
            <Facts system={system} />
          )}
        </CardBody>
      </Card>
      <Card labelledBy="protection">
        <CardHeader title="Protection of the rules" titleId="protection" />
        <CardBody>
          {system.isProtected ? (
            <Callout tone="ok" title="Protected">
              The catalogue, constraints, dependencies and policies change only by a change request with its approvals.
              This is for good.
            </Callout>
          ) : (
            <div className="grid gap-3 text-sm">
              <p>
                Until now anyone who manages the system can edit its catalogue, constraints, dependencies and policies
                directly. Once protected, they change only by change request, like the bundles.
              </p>
              {mayManage ? (
                <div>
                  <ConfirmDialog
                    trigger={{ label: "Protect the rules…", variant: "primary" }}
                    title={`Protect the rules of ${system.name}?`}
                    description="From then on they change only by change request. This cannot be undone."
                    confirmLabel="Protect the rules"
                    isDangerous={false}
                    typeToConfirm={system.slug}
                    action={actions.protect}
                    hidden={seen}
                  >
                    <Field label="Reason" name="reason" required hint="Auditors will read it; at least 10 characters">
                      <Textarea rows={2} />
                    </Field>
                  </ConfirmDialog>
                </div>
              ) : (
                <p className="text-muted">An administrator of this system can protect it.</p>
              )}
            </div>
          )}
        </CardBody>
      </Card>
    </div>
  );
}

function DescribeForm({
  system,
  seen,
  action,
}: {
  readonly system: Described;
  readonly seen: Readonly<Record<string, string>>;
  readonly action: FormAction;
}) {
  return (
    <ActionForm action={action} hidden={seen} label="Description of the system">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Name" name="name" required>
          <Input defaultValue={system.name} maxLength={120} />
        </Field>
        <Field label="Owning team" name="owningTeam" required>
          <Input defaultValue={system.owningTeam} maxLength={120} />
        </Field>
        <Field label="Risk tier" name="riskTier" required>
          <NativeSelect options={TIERS} defaultValue={system.riskTier} />
        </Field>
      </div>
      <Field label="Description" name="description" optional>
        <Textarea defaultValue={system.description} maxLength={2000} rows={3} />
      </Field>
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}

function Facts({ system }: { readonly system: Described }) {
  return (
    <DescriptionList
      items={[
        { term: "Name", value: system.name },
        { term: "Owning team", value: system.owningTeam },
        { term: "Risk tier", value: RISK_TIER_WORD[system.riskTier] },
        { term: "Description", value: system.description || "None" },
      ]}
    />
  );
}

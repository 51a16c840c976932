"use client";

import { useState } from "react";
import { slugOf } from "#components/systems/slug-of.ts";
import { type TemplateCard, TemplateCards } from "#components/systems/template-cards.tsx";
import { RISK_TIER_WORD } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RISK_TIERS } from "#lib/systems/model.ts";

const TIERS = RISK_TIERS.map((tier) => ({ value: tier, label: RISK_TIER_WORD[tier] }));

export function NewSystemForm({
  templates,
  action,
}: {
  readonly templates: readonly TemplateCard[];
  readonly action: FormAction;
}) {
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  return (
    <ActionForm action={action} label="New system" className="grid gap-5">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Name" name="name" required>
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={120} autoComplete="off" />
        </Field>
        <Field
          label="Short name"
          name="slug"
          required
          hint="Appears in addresses and in the API; it cannot be changed later"
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
        <Field label="Owning team" name="owningTeam" required hint="The team that answers for the system">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field label="Risk tier" name="riskTier" required hint="How much harm a wrong configuration can do">
          <NativeSelect options={TIERS} defaultValue="limited" />
        </Field>
      </div>
      <Field label="Description" name="description" optional>
        <Textarea rows={2} maxLength={2000} />
      </Field>
      <TemplateCards templates={templates} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>Create system</SubmitButton>
        <LinkButton href="/systems" variant="ghost">
          Cancel
        </LinkButton>
      </div>
    </ActionForm>
  );
}

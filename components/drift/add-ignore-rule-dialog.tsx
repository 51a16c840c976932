"use client";

import { useState } from "react";
import type { RuleSystem, RuleWish } from "#components/drift/ignore-rule-buttons.tsx";
import { FINDING_KIND_WORD } from "#components/drift/words.ts";
import { choicesOf } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import type { DialogControl } from "#components/ui/dialog-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

const DAY = 86_400_000;
const LONGEST = 180;

/** The day on which a rule ends: any of the next half year. */
function EndField({ hint }: { readonly hint: string }) {
  const [today] = useState(() => Date.now());
  const inDays = (days: number) => new Date(today + days * DAY).toISOString().slice(0, 10);
  return (
    <Field label="Ends on" name="expiresAt" required hint={hint}>
      <Input type="date" min={inDays(1)} max={inDays(LONGEST)} defaultValue={inDays(30)} />
    </Field>
  );
}

/** Differences that are not to count, with a reason and an end. */
export default function AddIgnoreRuleDialog({
  systems,
  action,
  wish,
  ...control
}: DialogControl & {
  readonly systems: readonly RuleSystem[];
  readonly action: FormAction;
  readonly wish?: RuleWish;
}) {
  const [system, setSystem] = useState(wish?.system ?? "");
  const chosen = systems.find((one) => one.slug === system);
  return (
    <Dialog
      {...control}
      title="Add an ignore rule"
      description="Differences that match it do not count: not for the status, not as findings, not for alerts, and nothing restores them. What it hides can always be shown."
      size="md"
    >
      <ActionForm action={action}>
        <Field label="System" name="system" required>
          <NativeSelect
            options={systems.map((one) => ({ value: one.slug, label: one.name }))}
            placeholder="Choose a system…"
            value={system}
            onChange={(event) => setSystem(event.target.value)}
          />
        </Field>
        <Field
          label="Pattern"
          name="pattern"
          required
          hint="Of parameters, as in the catalogue: * for one segment, ** at the end for the rest. For example /telemetry/*"
        >
          <Input mono autoComplete="off" spellCheck={false} defaultValue={wish?.pattern} />
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Environments" name="environments" hint="None chosen: every one." optional>
            <MultiSelect key={system} options={chosen?.environments ?? []} />
          </Field>
          <Field label="Bundle" name="bundle" optional>
            <NativeSelect key={system} options={chosen?.bundles ?? []} placeholder="Every bundle" />
          </Field>
        </div>
        <Field label="Kinds of difference" name="kinds" hint="None chosen: every kind." optional>
          <MultiSelect options={choicesOf(FINDING_KIND_WORD)} />
        </Field>
        <EndField hint={`At most ${LONGEST} days from now. Every exception ends.`} />
        <Field label="Reason" name="reason" required hint="Auditors read it.">
          <Textarea rows={3} />
        </Field>
        <DialogActions>
          <SubmitButton>Add the rule</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

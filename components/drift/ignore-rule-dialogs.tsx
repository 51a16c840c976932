"use client";

import { useState } from "react";
import { FINDING_KIND_WORD } from "#components/drift/words.ts";
import { choicesOf } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { type Choice, Input, NativeSelect, Textarea } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { IgnoreRuleView } from "#lib/drift/ignore-rules/queries.ts";

/** A system with what a rule can be narrowed to. */
export type RuleSystem = {
  readonly slug: string;
  readonly name: string;
  readonly environments: readonly Choice[];
  readonly bundles: readonly Choice[];
};

const DAY = 86_400_000;
const LONGEST = 180;

function dayAfter(today: number, days: number): string {
  return new Date(today + days * DAY).toISOString().slice(0, 10);
}

/** Differences that are not to count, with a reason and an end. */
export function AddIgnoreRule({
  systems,
  action,
  wish,
}: {
  readonly systems: readonly RuleSystem[];
  readonly action: FormAction;
  /** What it is added for; the dialog is then open at once. */
  readonly wish?: { readonly system: string; readonly pattern: string };
}) {
  const [today, setToday] = useState(wish ? 0 : null);
  const [system, setSystem] = useState(wish?.system ?? "");
  const chosen = systems.find((one) => one.slug === system);
  const [isOpen, setOpen] = useState(wish !== undefined);
  return (
    <Dialog
      trigger={{ label: "Add an ignore rule", variant: "primary" }}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setToday(open ? Date.now() : null);
      }}
      title="Add an ignore rule"
      description="Differences that match it do not count: not for the status, not as findings, not for alerts, and nothing restores them. What it hides can always be shown."
      size="md"
    >
      <ActionForm action={action} onDone={() => setOpen(false)}>
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
        <div className="grid gap-4 sm:grid-cols-2">
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
        <Field
          label="Ends on"
          name="expiresAt"
          required
          hint={`At most ${LONGEST} days from now. Every exception ends.`}
        >
          <Input
            key={today}
            type="date"
            {...(today
              ? { min: dayAfter(today, 1), max: dayAfter(today, LONGEST), defaultValue: dayAfter(today, 30) }
              : {})}
          />
        </Field>
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

/** Gives a rule another end, or ends it now. */
export function ChangeIgnoreRule({
  rule,
  actions,
}: {
  readonly rule: Pick<IgnoreRuleView, "id" | "revision" | "pattern">;
  readonly actions: { readonly extend: FormAction; readonly end: FormAction };
}) {
  const [today, setToday] = useState<number | null>(null);
  const hidden = { rule: rule.id, revision: String(rule.revision) };
  return (
    <span className="flex justify-end gap-1.5">
      <Dialog
        trigger={{
          label: (
            <>
              Extend…<span className="sr-only"> {rule.pattern}</span>
            </>
          ),
          size: "sm",
          variant: "ghost",
        }}
        onOpenChange={(open) => setToday(open ? Date.now() : null)}
        title="Extend the ignore rule"
        description={<code className="font-mono text-xs">{rule.pattern}</code>}
      >
        <ActionForm action={actions.extend} hidden={hidden}>
          <Field label="Ends on" name="expiresAt" required hint={`At most ${LONGEST} days from now.`}>
            <Input
              key={today}
              type="date"
              {...(today
                ? { min: dayAfter(today, 1), max: dayAfter(today, LONGEST), defaultValue: dayAfter(today, 30) }
                : {})}
            />
          </Field>
          <Field label="Reason" name="reason" required>
            <Textarea rows={2} />
          </Field>
          <DialogActions>
            <SubmitButton>Extend the rule</SubmitButton>
          </DialogActions>
        </ActionForm>
      </Dialog>
      <Dialog
        trigger={{
          label: (
            <>
              End…<span className="sr-only"> {rule.pattern}</span>
            </>
          ),
          size: "sm",
        }}
        title="End the ignore rule"
        description={
          <>
            What <code className="font-mono text-xs">{rule.pattern}</code> hides counts again from the next comparison
            on.
          </>
        }
      >
        <ActionForm action={actions.end} hidden={hidden}>
          <Field label="Reason" name="reason" required>
            <Textarea rows={2} />
          </Field>
          <DialogActions>
            <SubmitButton>End the rule</SubmitButton>
          </DialogActions>
        </ActionForm>
      </Dialog>
    </span>
  );
}

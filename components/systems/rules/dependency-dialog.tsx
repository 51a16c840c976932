"use client";

import { EntryDialog, type ReadEntry } from "#components/systems/rules/entry-dialog.tsx";
import { textIn } from "#components/systems/rules/read-form.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import type { Dependency } from "#lib/systems/model.ts";

/** One dependency: from what, to what, and why. */
export default function DependencyDialog({
  dependency,
  isOpen,
  onClose,
}: {
  readonly dependency: Dependency | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { rules } = useRulesDraft();
  return (
    <EntryDialog
      list="dependencies"
      entry={dependency}
      noun="Dependency"
      isOpen={isOpen}
      onClose={onClose}
      read={readDependency}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="When this changes" name="from" required hint="A parameter or a pattern">
          <Input mono defaultValue={dependency?.from ?? "/"} list="patterns" autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="This needs re-evaluation" name="to" required hint="A parameter or a pattern">
          <Input mono defaultValue={dependency?.to ?? "/"} list="patterns" autoComplete="off" spellCheck={false} />
        </Field>
      </div>
      <datalist id="patterns">
        {[...new Set(rules.parameters.map((rule) => rule.pattern))].map((pattern) => (
          <option key={pattern} value={pattern} />
        ))}
      </datalist>
      <Field
        label="Because"
        name="reason"
        required
        hint="For example: the thresholds were calibrated on this model release"
      >
        <Textarea rows={2} defaultValue={dependency?.reason} maxLength={500} />
      </Field>
    </EntryDialog>
  );
}

function readDependency(form: FormData): ReadEntry<Dependency> {
  return { entry: { from: textIn(form, "from"), to: textIn(form, "to"), reason: textIn(form, "reason") } };
}

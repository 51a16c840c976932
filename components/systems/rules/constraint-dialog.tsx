"use client";

import { useState } from "react";
import { EntryDialog, type ReadEntry } from "#components/systems/rules/entry-dialog.tsx";
import { ExpressionField } from "#components/systems/rules/expression-field.tsx";
import { listIn, textIn } from "#components/systems/rules/read-form.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import type { Constraint } from "#lib/systems/model.ts";

/** One constraint: the expression, and what a person reads when it does not hold. */
export default function ConstraintDialog({
  constraint,
  isOpen,
  onClose,
}: {
  readonly constraint: Constraint | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { around } = useRulesDraft();
  const [expression, setExpression] = useState(constraint?.expression ?? "");
  return (
    <EntryDialog
      list="constraints"
      entry={constraint}
      noun="Constraint"
      isOpen={isOpen}
      onClose={onClose}
      read={readConstraint}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="Short name" name="id" required hint="For example chunk-fits-embedding">
          <Input mono defaultValue={constraint?.id} maxLength={80} autoComplete="off" spellCheck={false} />
        </Field>
        <Field label="When it does not hold" name="severity" required>
          <NativeSelect
            defaultValue={constraint?.severity ?? "error"}
            options={[
              { value: "error", label: "Refuse the configuration" },
              { value: "warning", label: "Warn only" },
            ]}
          />
        </Field>
      </div>
      <ExpressionField value={expression} onChange={setExpression} constraint={constraint} />
      <Field
        label="Message"
        name="message"
        required
        hint="What a person reads when it does not hold, and what would be right"
      >
        <Input defaultValue={constraint?.message} maxLength={500} autoComplete="off" />
      </Field>
      <Field label="Bundles" name="bundles" hint="None chosen: every bundle of the system">
        <MultiSelect
          defaultValues={constraint?.bundles ?? []}
          options={around.bundles.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </Field>
    </EntryDialog>
  );
}

function readConstraint(form: FormData): ReadEntry<Constraint> {
  return {
    entry: {
      id: textIn(form, "id"),
      expression: textIn(form, "expression"),
      message: textIn(form, "message"),
      severity: textIn(form, "severity") === "warning" ? "warning" : "error",
      bundles: listIn(form, "bundles"),
    },
  };
}

"use client";

import { useState } from "react";
import { EntryButton } from "#components/systems/rules/entry-button.tsx";
import { EntryDialog, type ReadEntry } from "#components/systems/rules/entry-dialog.tsx";
import { ExpressionField } from "#components/systems/rules/expression-field.tsx";
import { useOpenEntry } from "#components/systems/rules/open-entry.ts";
import { listIn, textIn } from "#components/systems/rules/read-form.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, NativeSelect } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Constraint } from "#lib/systems/model.ts";

/** What every effective configuration must hold to, as CEL expressions. */
export function ConstraintList() {
  const { rules, mayWrite } = useRulesDraft();
  const { open, isNew, show, showNew } = useOpenEntry();
  const opened = open === null ? null : (rules.constraints.find((one) => one.id === open) ?? null);
  return (
    <Card labelledBy="constraints">
      <CardHeader
        title="Constraints"
        titleId="constraints"
        description="Expressions over each environment's effective configuration, which must be true"
        actions={mayWrite ? <Button onClick={showNew}>Add a constraint</Button> : null}
      />
      {rules.constraints.length === 0 ? (
        <EmptyState title="No constraint yet" level={3}>
          A constraint refuses combinations that a schema can't, for example chunks longer than what the embedding
          takes.
        </EmptyState>
      ) : (
        <Table label="Constraints">
          <TableHead>
            <Th>Constraint</Th>
            <Th>Expression</Th>
            <Th>Severity</Th>
            <Th>Bundles</Th>
          </TableHead>
          <TableBody>
            {rules.constraints.map((constraint) => (
              <Tr key={constraint.id} href={`?open=${encodeURIComponent(constraint.id)}`}>
                <Td phone="primary" className="max-w-md">
                  <EntryButton onOpen={() => show(constraint.id)}>{constraint.message}</EntryButton>
                  <code className="block font-mono text-xs text-muted">{constraint.id}</code>
                </Td>
                <Td phone="full">
                  <code className="font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
                    {constraint.expression}
                  </code>
                </Td>
                <Td phone="end">
                  {constraint.severity === "error" ? (
                    <StatusBadge tone="danger">Refuses</StatusBadge>
                  ) : (
                    <StatusBadge tone="warn">Warns</StatusBadge>
                  )}
                </Td>
                <Td>
                  {constraint.bundles.length === 0 ? (
                    <span className="text-muted">every one</span>
                  ) : (
                    constraint.bundles.join(", ")
                  )}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <ConstraintDialog
        key={open ?? (isNew ? "new" : "none")}
        constraint={opened}
        isOpen={isNew || opened !== null}
        onClose={() => show(null)}
      />
    </Card>
  );
}

function ConstraintDialog({
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
      <div className="grid gap-4 sm:grid-cols-2">
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

"use client";

import dynamic from "next/dynamic";
import { EntryButton } from "#components/systems/rules/entry-button.tsx";
import { useOpenEntry } from "#components/systems/rules/open-entry.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";

const ConstraintDialog = dynamic(() => import("#components/systems/rules/constraint-dialog.tsx"), { ssr: false });

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
                  <EntryButton entry={constraint.id} onOpen={show}>
                    {constraint.message}
                  </EntryButton>
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
      {isNew || opened !== null ? (
        <ConstraintDialog
          key={open ?? (isNew ? "new" : "none")}
          constraint={opened}
          isOpen
          onClose={() => show(null)}
        />
      ) : null}
    </Card>
  );
}

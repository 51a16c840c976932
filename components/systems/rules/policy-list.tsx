"use client";

import dynamic from "next/dynamic";
import { EntryButton } from "#components/systems/rules/entry-button.tsx";
import { useOpenEntry } from "#components/systems/rules/open-entry.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { checkTitle, counted, KIND_WORD, REQUEST_WORD } from "#components/systems/words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { humanDuration } from "#lib/kernel/time.ts";
import type { Policy } from "#lib/systems/model.ts";

const PolicyDialog = dynamic(() => import("#components/systems/rules/policy-dialog.tsx"), { ssr: false });

/** What a change needs: approvals, groups, checks, soak. Every policy that matches a change applies. */
export function PolicyList() {
  const { rules, mayWrite } = useRulesDraft();
  const { open, isNew, show, showNew } = useOpenEntry();
  const opened = open === null ? null : (rules.policies.find((one) => one.id === open) ?? null);
  return (
    <Card labelledBy="policies">
      <CardHeader
        title="Policies"
        titleId="policies"
        description="Every policy that matches a change applies to it; the strictest demand of each kind counts"
        actions={mayWrite ? <Button onClick={showNew}>Add a policy</Button> : null}
      />
      {rules.policies.length === 0 ? (
        <EmptyState title="No policy yet" level={3}>
          Without any policy a change needs no approval. Say what changes of production need.
        </EmptyState>
      ) : (
        <Table label="Policies">
          <TableHead>
            <Th>Policy</Th>
            <Th>Applies to</Th>
            <Th>Approvals</Th>
            <Th>Checks that block</Th>
            <Th>Soak</Th>
          </TableHead>
          <TableBody>
            {rules.policies.map((policy) => (
              <PolicyRow key={policy.id} policy={policy} onOpen={show} />
            ))}
          </TableBody>
        </Table>
      )}
      {isNew || opened !== null ? (
        <PolicyDialog key={open ?? (isNew ? "new" : "none")} policy={opened} isOpen onClose={() => show(null)} />
      ) : null}
    </Card>
  );
}

function PolicyRow({ policy, onOpen }: { readonly policy: Policy; readonly onOpen: (key: string) => void }) {
  const { requests, environments, kinds, groups } = policy;
  return (
    <Tr href={`?open=${encodeURIComponent(policy.id)}`}>
      <Td phone="primary">
        <EntryButton entry={policy.id} onOpen={onOpen}>
          {policy.title}
        </EntryButton>
        <code className="block font-mono text-xs text-muted">{policy.id}</code>
      </Td>
      <Td>
        {requests.length === 0 ? "Every request" : requests.map((one) => REQUEST_WORD[one]).join(", ")}
        <span className="block text-xs text-muted">
          {environments.length === 0 ? "any environment" : environments.join(", ")}
          {kinds.length === 0 ? "" : ` · ${kinds.map((kind) => KIND_WORD[kind]).join(", ")}`}
        </span>
      </Td>
      <Td>
        <span className="whitespace-nowrap">{counted(policy.approvals, "approval")}</span>
        {groups.map((one) => (
          <span key={one.group} className="block text-xs text-muted">
            {one.approvals} of {one.group}
          </span>
        ))}
        <span className="block text-xs text-muted">last {humanDuration(policy.approvalLastsHours * 3_600_000)}</span>
      </Td>
      <Td phone="full" className="max-w-sm">
        <span className="flex flex-wrap gap-1">
          {policy.requiredChecks.map((check) => (
            <Badge key={check}>{checkTitle(check)}</Badge>
          ))}
          {policy.threadsMustBeResolved ? <Badge>Conversations resolved</Badge> : null}
        </span>
      </Td>
      <Td>
        {policy.soakMinutes === 0 ? (
          <span className="text-muted">none</span>
        ) : (
          humanDuration(policy.soakMinutes * 60_000)
        )}
      </Td>
    </Tr>
  );
}

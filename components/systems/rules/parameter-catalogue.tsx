"use client";

import { Lock } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { RiskBadge } from "#components/diff/change-badges.tsx";
import { EntryButton } from "#components/systems/rules/entry-button.tsx";
import { useOpenEntry } from "#components/systems/rules/open-entry.ts";
import { keyIn } from "#components/systems/rules/rules-changes.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import {
  choicesOf,
  counted,
  ENVIRONMENT_POLICY_WORD,
  KIND_WORD,
  RISK_WORD,
  STRICTNESS_WORD,
  TIER_HINT,
  TIER_WORD,
} from "#components/systems/words.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar } from "#components/ui/filter-bar.tsx";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { ParameterRule } from "#lib/systems/model.ts";

const ParameterDialog = dynamic(() => import("#components/systems/rules/parameter-dialog.tsx"), { ssr: false });

/** The parameter catalogue: what every setting is, and how it is governed. */
export function ParameterCatalogue() {
  const { rules, mayWrite, system } = useRulesDraft();
  const params = useSearchParams();
  const { open, isNew, show, showNew } = useOpenEntry();
  const shown = useMemo(
    () =>
      rules.parameters.filter((rule) =>
        isWanted(rule, {
          text: (params.get("q") ?? "").toLowerCase(),
          kind: params.get("kind"),
          risk: params.get("risk"),
        }),
      ),
    [rules.parameters, params],
  );
  const opened = open === null ? null : (rules.parameters.find((rule) => keyIn("parameters", rule) === open) ?? null);
  const kinds = [...new Set(rules.parameters.map((rule) => rule.kind))];
  return (
    <Card>
      <FilterBar
        label="Find parameters"
        summary={
          shown.length === rules.parameters.length
            ? counted(shown.length, "entry", "entries")
            : `${shown.length} of ${counted(rules.parameters.length, "entry", "entries")}`
        }
      >
        <SearchFilter label="Search parameters" placeholder="Search by pattern, title or owner" />
        <SelectFilter
          param="kind"
          label="Kind"
          anyLabel="Any kind"
          options={kinds.map((kind) => ({ value: kind, label: KIND_WORD[kind] }))}
        />
        <SelectFilter param="risk" label="Risk" anyLabel="Any risk" options={choicesOf(RISK_WORD)} />
        {mayWrite ? <Button onClick={showNew}>Add a parameter</Button> : null}
      </FilterBar>
      {shown.length === 0 ? (
        rules.parameters.length === 0 ? (
          <EmptyState title="No parameter is described yet" level={2}>
            The catalogue says for each parameter what it may be, who answers for it and how risky it is.
          </EmptyState>
        ) : (
          <EmptyState
            title="No entry matches"
            reason="filtered"
            action={<LinkButton href={`/systems/${system}/parameters`}>Clear filters</LinkButton>}
          />
        )
      ) : (
        <Table label="Parameter catalogue">
          <TableHead>
            <Th>Parameter</Th>
            <Th>Kind</Th>
            <Th>Risk</Th>
            <Th>Tier</Th>
            <Th>Environments</Th>
            <Th>Strictness</Th>
            <Th>Owner</Th>
          </TableHead>
          <TableBody>
            {shown.map((rule) => (
              <RuleRow key={keyIn("parameters", rule)} rule={rule} onOpen={show} />
            ))}
          </TableBody>
        </Table>
      )}
      {isNew || opened !== null ? (
        <ParameterDialog key={open ?? (isNew ? "new" : "none")} rule={opened} isOpen onClose={() => show(null)} />
      ) : null}
    </Card>
  );
}

type Wanted = { readonly text: string; readonly kind: string | null; readonly risk: string | null };

function isWanted(rule: ParameterRule, { text, kind, risk }: Wanted): boolean {
  if (kind && rule.kind !== kind) return false;
  if (risk && rule.risk !== risk) return false;
  const words = [rule.pattern, rule.title, rule.owner, rule.bundle, rule.description];
  return text === "" || words.some((word) => word?.toLowerCase().includes(text));
}

function RuleRow({ rule, onOpen }: { readonly rule: ParameterRule; readonly onOpen: (key: string) => void }) {
  const key = keyIn("parameters", rule);
  return (
    <Tr href={`?open=${encodeURIComponent(key)}`}>
      <Td phone="primary">
        <EntryButton entry={key} onOpen={onOpen}>
          {rule.title}
        </EntryButton>
        {rule.locked ? (
          <span title="Needs one approval more, and cannot be hot-patched">
            <Lock aria-label="Locked" role="img" className="ml-1.5 inline size-3.5 text-muted" />
          </span>
        ) : null}
        {rule.required ? <span className="ml-1.5 text-xs text-muted">required</span> : null}
        <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">
          {rule.bundle ? `${rule.bundle} ` : ""}
          {rule.pattern}
        </code>
      </Td>
      <Td>{KIND_WORD[rule.kind]}</Td>
      <Td phone="end">
        <RiskBadge risk={rule.risk} />
      </Td>
      <Td>
        <span title={TIER_HINT[rule.tier]}>{TIER_WORD[rule.tier]}</span>
      </Td>
      <Td>{ENVIRONMENT_POLICY_WORD[rule.environmentPolicy]}</Td>
      <Td>
        {rule.strictness === "none" ? <span className="text-muted">none</span> : STRICTNESS_WORD[rule.strictness]}
        {rule.maxRelaxation === undefined ? null : (
          <span className="block text-xs text-muted">
            at most {rule.maxRelaxation}
            {rule.unit ? ` ${rule.unit}` : ""} looser
          </span>
        )}
      </Td>
      <Td>{rule.owner}</Td>
    </Tr>
  );
}

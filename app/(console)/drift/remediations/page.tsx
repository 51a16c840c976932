import type { Metadata } from "next";
import { DriftTabs } from "#components/drift/drift-tabs.tsx";
import { REMEDIATION_CHOICES, RemediationTable } from "#components/drift/remediation-table.tsx";
import { Live } from "#components/shell/live.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { countFindings } from "#lib/drift/queries/list-findings.ts";
import { ListRemediations } from "#lib/drift/remediation/input.ts";
import { listRemediations } from "#lib/drift/remediation/queries.ts";
import { firstOf, fittingOf } from "#lib/kernel/search-params.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { cancel, lift } from "./actions.ts";

export const metadata: Metadata = { title: "Remediations" };

const HERE = "/drift/remediations";
const FILTERS = ["system", "environment", "state"] as const;
const LABEL = { system: "System", environment: "Environment", state: "State" } as const;

export default async function RemediationsPage({ searchParams }: PageProps<"/drift/remediations">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, ...filter } = fittingOf(firstOf(params, [...FILTERS, "after"]), ListRemediations.shape);
  const [page, counts, systems] = await Promise.all([
    found(listRemediations(actor, { ...filter, cursor: after })),
    countFindings(actor, {}),
    listSystems(actor, { limit: 200 }),
  ]);
  const query = new URLSearchParams(filter).toString();
  const environments = [
    ...new Map(systems.items.flatMap((one) => one.environments).map((one) => [one.slug, one.name])),
  ];
  const chips = FILTERS.flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = name === "state" ? (REMEDIATION_CHOICES.find((one) => one.value === value)?.label ?? value) : value;
    return [{ label: LABEL[name], value: word, removeHref: `${HERE}${withParams(query, { [name]: "" })}` }];
  });
  return (
    <>
      <Live />
      <PageHeader title="Drift" meta="What runs against what is declared." />
      <DriftTabs current="remediations" counts={{ findings: counts.open }} />
      <Card>
        <FilterBar label="Filter remediations">
          <SelectFilter param="state" label="State" anyLabel="Any state" options={REMEDIATION_CHOICES} />
          <SelectFilter
            param="system"
            label="System"
            anyLabel="Any system"
            options={systems.items.map((one) => ({ value: one.slug, label: one.name }))}
          />
          <SelectFilter
            param="environment"
            label="Environment"
            anyLabel="Any environment"
            options={environments.map(([value, label]) => ({ value, label }))}
          />
        </FilterBar>
        <FilterChips chips={chips} clearHref={HERE} />
        {page.items.length > 0 ? (
          <RemediationTable rows={page.items} actions={{ cancel, lift }} now={new Date()} />
        ) : chips.length > 0 ? (
          <EmptyState
            reason="filtered"
            title="No remediation matches"
            action={<LinkButton href={HERE}>Clear filters</LinkButton>}
          >
            Remove a filter to see more.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing was restored yet">
            Drift reverts nothing by itself. A person restores what is declared from a finding; policy can do it where
            the rules of a system say so.
          </EmptyState>
        )}
        {page.next || after ? (
          <Pager
            newerLabel="Newest"
            newerHref={after ? `${HERE}${withParams(query, {})}` : undefined}
            olderHref={page.next ? `${HERE}${withParams(query, { after: page.next })}` : undefined}
          />
        ) : null}
      </Card>
    </>
  );
}

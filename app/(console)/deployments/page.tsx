import type { Metadata } from "next";
import { deploymentStateInWords } from "#components/releases/deployment-state.tsx";
import { DeploymentTable } from "#components/releases/deployment-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { listDeployments } from "#lib/releases/queries.ts";
import { listSystems } from "#lib/systems/queries.ts";

export const metadata: Metadata = { title: "Deployments" };

const STATES = ["pending", "verified", "partial", "failed", "superseded", "rolled_back"] as const;
const FILTERS = ["system", "environment", "bundle", "state"] as const;

export default async function DeploymentsPage({ searchParams }: PageProps<"/deployments">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, ...filter } = firstOf(params, [...FILTERS, "after"]);
  const [page, systems] = await Promise.all([
    listDeployments(actor, { ...filter, cursor: after }),
    listSystems(actor, { limit: 200 }),
  ]);
  const rows = page.items;
  const environments = [
    ...new Map(systems.items.flatMap((one) => one.environments).map((one) => [one.slug, one.name])),
  ];
  const query = new URLSearchParams(filter).toString();
  const chips = FILTERS.flatMap((name) =>
    filter[name]
      ? [
          {
            label: `${name[0]?.toUpperCase()}${name.slice(1)}`,
            value: name === "state" ? stateInWords(filter[name]) : filter[name],
            removeHref: `/deployments${withParams(query, { [name]: "" })}`,
          },
        ]
      : [],
  );
  return (
    <>
      <PageHeader
        title="Deployments"
        meta="Every version that was put into an environment, newest first. Each captured a snapshot."
      />
      <Card>
        <FilterBar label="Filter deployments">
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
          <SelectFilter
            param="state"
            label="State"
            anyLabel="Any state"
            options={STATES.map((state) => ({ value: state, label: deploymentStateInWords(state) }))}
          />
        </FilterBar>
        <FilterChips chips={chips} clearHref="/deployments" />
        {rows.length > 0 ? (
          <DeploymentTable rows={rows} now={new Date()} />
        ) : chips.length > 0 ? (
          <EmptyState reason="filtered" title="No deployment matches">
            Remove a filter to see more.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing was deployed yet">
            Publish a version of a bundle, then promote it into the first environment of its system.
          </EmptyState>
        )}
        <Pager
          newerLabel="Newest"
          newerHref={after ? `/deployments${withParams(query, {})}` : undefined}
          olderHref={page.next ? `/deployments${withParams(query, { after: page.next })}` : undefined}
        />
      </Card>
    </>
  );
}

function stateInWords(text: string): string {
  const state = STATES.find((one) => one === text);
  return state ? deploymentStateInWords(state) : text;
}

import type { Metadata } from "next";
import { MetricsView } from "#components/insights/metrics-view.tsx";
import { Card } from "#components/ui/card.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Time } from "#components/ui/time.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { PERIODS, showMetrics } from "#lib/insights/metrics.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { listSystems } from "#lib/systems/queries.ts";

export const metadata: Metadata = { title: "Insights" };

const LABEL = { system: "System", environment: "Environment" } as const;
const USUAL = "30";

export default async function InsightsPage({ searchParams }: PageProps<"/insights">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { days = USUAL, ...filter } = firstOf(params, ["days", "system", "environment"]);
  const [metrics, systems] = await Promise.all([
    found(showMetrics(actor, { days, ...filter })),
    listSystems(actor, { limit: 200 }),
  ]);
  const query = new URLSearchParams({ ...filter, ...(days !== USUAL && { days }) }).toString();
  const narrowed = systems.items.filter((one) => filter.system === undefined || one.slug === filter.system);
  const environments = [...new Map(narrowed.flatMap((one) => one.environments).map((one) => [one.slug, one.name]))];
  const chips = (["system", "environment"] as const).flatMap((name) => {
    const value = filter[name];
    return value ? [{ label: LABEL[name], value, removeHref: `/insights${withParams(query, { [name]: "" })}` }] : [];
  });
  const listQuery = new URLSearchParams(filter).toString();
  return (
    <>
      <PageHeader
        title="Insights"
        meta={
          <span>
            From <Time at={metrics.from} precision="day" /> until <Time at={metrics.to} precision="minute" />.
            Promotions are counted in the last stage of each pipeline, unless one environment is chosen.
          </span>
        }
      />
      <Tabs
        label="Period"
        tabs={PERIODS.map((period) => ({
          href: `/insights${withParams(query, { days: String(period) === USUAL ? "" : String(period) })}`,
          label: period === 365 ? "A year" : `${period} days`,
          isCurrent: String(period) === days,
        }))}
      />
      <div className="grid gap-4">
        <Card>
          <FilterBar label="Narrow the figures">
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
          <FilterChips chips={chips} clearHref={`/insights${withParams("", { days: days === USUAL ? "" : days })}`} />
        </Card>
        <MetricsView metrics={metrics} listQuery={listQuery === "" ? "" : `&${listQuery}`} />
      </div>
    </>
  );
}

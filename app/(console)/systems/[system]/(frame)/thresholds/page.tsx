import type { Metadata } from "next";
import { ThresholdDetail } from "#components/insights/threshold-detail.tsx";
import { ThresholdTable, thresholdKey } from "#components/insights/threshold-table.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { Threshold } from "#lib/insights/threshold-history.ts";
import { thresholdHistory } from "#lib/insights/thresholds.ts";
import { firstOf } from "#lib/kernel/search-params.ts";

export const metadata: Metadata = { title: "Thresholds" };

export default async function ThresholdsPage({ params, searchParams }: PageProps<"/systems/[system]/thresholds">) {
  const [{ system }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const { parameter, ...filter } = firstOf(search, ["parameter", "q", "show"]);
  const { thresholds } = await found(thresholdHistory(actor, { system }));
  const shown = thresholds.filter((one) => isShown(one, filter));
  const chosen = thresholds.find((one) => thresholdKey(one) === parameter) ?? shown[0];
  const here = `/systems/${system}/thresholds`;
  const query = new URLSearchParams({ ...filter, ...(parameter && { parameter }) }).toString();
  const now = new Date();
  const chips = [
    ...(filter.show
      ? [{ label: "Show", value: "relaxed", removeHref: `${here}${withParams(query, { show: "" })}` }]
      : []),
    ...(filter.q ? [{ label: "Text", value: filter.q, removeHref: `${here}${withParams(query, { q: "" })}` }] : []),
  ];
  return (
    <div className="grid gap-4">
      {chosen ? <ThresholdDetail threshold={chosen} now={now} /> : null}
      <Card labelledBy="thresholds">
        <CardHeader
          title="Parameters with a direction"
          titleId="thresholds"
          description="Each knows which way is stricter. Small relaxations add up; what uses most of its limit comes first."
        />
        <FilterBar label="Filter parameters" summary={`${shown.length} of ${thresholds.length}`}>
          <SearchFilter label="Search parameters" />
          <SelectFilter
            param="show"
            label="Which parameters"
            anyLabel="All of them"
            options={[{ value: "relaxed", label: "Relaxed since the baseline" }]}
          />
        </FilterBar>
        <FilterChips chips={chips} clearHref={here} />
        {shown.length > 0 ? (
          <ThresholdTable
            thresholds={shown}
            chosen={chosen ? thresholdKey(chosen) : null}
            hrefOf={(key) => `${here}${withParams(query, { parameter: key })}`}
            now={now}
          />
        ) : thresholds.length > 0 ? (
          <EmptyState
            reason="filtered"
            level={3}
            title="No parameter matches"
            action={<LinkButton href={here}>Clear filters</LinkButton>}
          >
            {filter.show ? "None of them is more relaxed than its accepted baseline." : "Try another word."}
          </EmptyState>
        ) : (
          <EmptyState
            level={3}
            title="No threshold is declared yet"
            action={<LinkButton href={`/systems/${system}/parameters`}>Open the catalogue</LinkButton>}
          >
            A parameter appears here once the catalogue says which direction is stricter and an environment declares it.
          </EmptyState>
        )}
      </Card>
    </div>
  );
}

function isShown(threshold: Threshold, { q, show }: { readonly q?: string; readonly show?: string }): boolean {
  if (show === "relaxed" && !threshold.places.some((place) => (place.relaxed ?? 0) > 0)) return false;
  const words = `${threshold.title} ${threshold.pointer} ${threshold.bundle.name}`.toLowerCase();
  return q === undefined || words.includes(q.toLowerCase());
}

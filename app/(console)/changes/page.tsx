import type { Metadata } from "next";
import { STATE_LOOK } from "#components/reviews/change-badges.tsx";
import { ChangeList, type ChangeRow } from "#components/reviews/change-list.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import type { ChangeState, ScheduleState } from "#lib/reviews/model.ts";
import { countChanges, listChanges } from "#lib/reviews/queries/list-changes.ts";
import type { ChangeKind } from "#lib/systems/model.ts";
import { listSystems } from "#lib/systems/queries.ts";

export const metadata: Metadata = { title: "Change requests" };

const TABS = [
  ["needs_my_review", "Needs my review"],
  ["mine", "Mine"],
  ["all", "All"],
] as const;
type Tab = (typeof TABS)[number][0];

const STATES = [
  ...Object.entries(STATE_LOOK).map(([value, look]) => ({ value, label: look.word })),
  { value: "any", label: "Any state" },
];

const EMPTY: Readonly<Record<Tab, { readonly title: string; readonly text: string }>> = {
  needs_my_review: {
    title: "Nothing needs your review",
    text: "What others propose, and what you may approve, appears here until you have said what you think.",
  },
  mine: {
    title: "None of your changes is under way",
    text: "Edit a draft of a bundle, or promote a version, and propose it.",
  },
  all: {
    title: "No change is under way",
    text: "A change begins with a draft of a bundle, a promotion, or an edit of a system's rules.",
  },
};

export default async function ChangesPage({ searchParams }: PageProps<"/changes">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, before, tab: asked, ...filter } = firstOf(params, ["tab", "state", "system", "q", "after", "before"]);
  const counts = await countChanges(actor, {});
  const tab: Tab =
    TABS.find(([name]) => name === asked)?.[0] ?? (counts.needs_my_review > 0 ? "needs_my_review" : "all");
  const [page, systems] = await Promise.all([
    found(listChanges(actor, { ...filter, tab, cursor: after, newer: before })),
    listSystems(actor, { limit: 200 }),
  ]);
  const rows = page.items.map(
    ({ _count, ...row }): ChangeRow => ({
      ...row,
      kind: row.kind as ChangeKind,
      state: row.state as ChangeState,
      scheduleState: row.scheduleState as ScheduleState,
      unresolved: _count.threads,
    }),
  );
  const query = new URLSearchParams({ tab, ...filter }).toString();
  const labels = { state: "State", system: "System", q: "Title" } as const;
  const chips = (["state", "system", "q"] as const).flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = name === "state" ? (STATES.find((one) => one.value === value)?.label ?? value) : value;
    return [{ label: labels[name], value: word, removeHref: `/changes${withParams(query, { [name]: "" })}` }];
  });
  return (
    <>
      <PageHeader
        title="Change requests"
        actions={
          mayAnywhere(actor, "change:create") ? (
            <LinkButton href="/changes/new" variant="primary">
              New change
            </LinkButton>
          ) : null
        }
      />
      <Tabs
        label="Which change requests"
        tabs={TABS.map(([name, label]) => ({
          href: `/changes${withParams(query, { tab: name })}`,
          label,
          count: counts[name],
          isCurrent: name === tab,
        }))}
      />
      <Card>
        <FilterBar label="Filter change requests">
          <SearchFilter label="Search titles" />
          {tab === "needs_my_review" ? null : (
            <SelectFilter param="state" label="State" anyLabel="Under way" options={STATES} />
          )}
          <SelectFilter
            param="system"
            label="System"
            anyLabel="Any system"
            options={systems.items.map((one) => ({ value: one.slug, label: one.name }))}
          />
        </FilterBar>
        <FilterChips chips={chips} clearHref={`/changes?tab=${tab}`} />
        {rows.length > 0 ? (
          <ChangeList rows={rows} now={new Date()} />
        ) : chips.length > 0 || after ? (
          <EmptyState
            reason="filtered"
            title="No change request matches"
            action={<LinkButton href={`/changes?tab=${tab}`}>Clear filters</LinkButton>}
          >
            Remove a filter to see more.
          </EmptyState>
        ) : (
          <EmptyState
            title={EMPTY[tab].title}
            action={
              <LinkButton href={`/changes?tab=${tab === "needs_my_review" ? "all" : `${tab}&state=any`}`}>
                {tab === "needs_my_review" ? "Show all changes" : "Show those that are over"}
              </LinkButton>
            }
          >
            {EMPTY[tab].text}
          </EmptyState>
        )}
        {page.newer || page.next ? (
          <Pager
            newerHref={page.newer ? `/changes${withParams(query, { before: page.newer })}` : undefined}
            olderHref={page.next ? `/changes${withParams(query, { after: page.next })}` : undefined}
          />
        ) : null}
      </Card>
    </>
  );
}

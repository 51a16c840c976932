import type { Metadata } from "next";
import { DriftTabs } from "#components/drift/drift-tabs.tsx";
import { HiddenDifferences } from "#components/drift/hidden-differences.tsx";
import { AddIgnoreRule } from "#components/drift/ignore-rule-buttons.tsx";
import { IgnoreRuleTable } from "#components/drift/ignore-rule-table.tsx";
import { Live } from "#components/shell/live.tsx";
import { counted } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found, foundOrHidden } from "#lib/api/found.ts";
import { ListIgnoreRules } from "#lib/drift/ignore-rules/input.ts";
import { listIgnoreRules, showIgnoreRule } from "#lib/drift/ignore-rules/queries.ts";
import { countFindings } from "#lib/drift/queries/list-findings.ts";
import { firstOf, fittingOf } from "#lib/kernel/search-params.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { add, end, extend } from "./actions.ts";

export const metadata: Metadata = { title: "Ignore rules" };

const HERE = "/drift/ignore-rules";
const STATES = [
  { value: "attention", label: "Ask to be removed" },
  { value: "over", label: "Ended or expired" },
  { value: "any", label: "All of them" },
];

export default async function IgnoreRulesPage({ searchParams }: PageProps<"/drift/ignore-rules">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, rule, pattern, ...filter } = fittingOf(
    firstOf(params, ["system", "state", "after", "rule", "pattern"]),
    ListIgnoreRules.shape,
  );
  const [page, asking, counts, systems, shown] = await Promise.all([
    found(listIgnoreRules(actor, { ...filter, cursor: after })),
    listIgnoreRules(actor, { state: "attention", limit: 50 }),
    countFindings(actor, {}),
    listSystems(actor, { limit: 200 }),
    rule === undefined ? null : foundOrHidden(showIgnoreRule(actor, { rule })),
  ]);
  const query = new URLSearchParams(filter).toString();
  const withRule = (id: string | null) => `${HERE}${withParams(query, { rule: id })}`;
  const mayAdd = systems.items.filter((one) => may(actor, "drift:ignore", { systemId: one.id }));
  const names = { system: systems.items.map((one) => ({ value: one.slug, label: one.name })), state: STATES };
  const chips = (["system", "state"] as const).flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = names[name].find((one) => one.value === value)?.label ?? value;
    const label = name === "system" ? "System" : "State";
    return [{ label, value: word, removeHref: `${HERE}${withParams(query, { [name]: "" })}` }];
  });
  const isWished =
    pattern !== undefined && filter.system !== undefined && mayAdd.some((one) => one.slug === filter.system);
  return (
    <>
      <Live />
      <PageHeader
        title="Drift"
        meta="What runs against what is declared."
        actions={
          mayAdd.length > 0 ? (
            <AddIgnoreRule
              key={pattern ?? ""}
              action={add}
              wish={isWished ? { system: filter.system ?? "", pattern } : undefined}
              systems={mayAdd.map((one) => ({
                slug: one.slug,
                name: one.name,
                environments: one.environments.map(({ slug, name }) => ({ value: slug, label: name })),
                bundles: one.bundles.map(({ slug, name }) => ({ value: slug, label: name })),
              }))}
            />
          ) : null
        }
      />
      <DriftTabs current="ignore-rules" counts={{ findings: counts.open }} />
      <div className="grid gap-4">
        {asking.items.length > 0 && filter.state !== "attention" ? (
          <Callout
            tone="warn"
            title={`${counted(asking.items.length, "rule")} ${asking.items.length === 1 ? "asks" : "ask"} to be removed`}
            actions={<LinkButton href={`${HERE}?state=attention`}>Show them</LinkButton>}
          >
            They are past their end, or have hidden nothing for a long time.
          </Callout>
        ) : null}
        {shown ? <HiddenDifferences pattern={shown.pattern} hidden={shown.hidden} closeHref={withRule(null)} /> : null}
        <Card>
          <FilterBar label="Filter ignore rules">
            <SelectFilter param="system" label="System" anyLabel="Any system" options={names.system} />
            <SelectFilter param="state" label="State" anyLabel="In force" options={STATES} />
          </FilterBar>
          <FilterChips chips={chips} clearHref={HERE} />
          {page.items.length > 0 ? (
            <IgnoreRuleTable
              rules={page.items}
              chosen={rule ?? null}
              showHref={withRule}
              actions={{ extend, end }}
              now={new Date()}
            />
          ) : chips.length > 0 ? (
            <EmptyState
              reason="filtered"
              title="No ignore rule matches"
              action={<LinkButton href={HERE}>Clear filters</LinkButton>}
            >
              Remove a filter to see more.
            </EmptyState>
          ) : (
            <EmptyState title="No ignore rule is in force">
              Every difference counts. A rule keeps some of them from counting, with a reason, an owner and an end.
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
      </div>
    </>
  );
}

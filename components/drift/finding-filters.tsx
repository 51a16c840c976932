import type { ReactNode } from "react";
import { FINDING_KIND_WORD, FINDING_STATE_WORD, SEVERITY_WORD } from "#components/drift/words.ts";
import { choicesOf } from "#components/systems/words.ts";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import type { Choice } from "#components/ui/input.tsx";

export const FINDING_FILTERS = ["q", "system", "environment", "bundle", "kind", "severity", "state", "order"] as const;
export type FindingFilter = Partial<Record<(typeof FINDING_FILTERS)[number], string>>;

const STATES = [{ value: "any", label: "Any state" }, ...choicesOf(FINDING_STATE_WORD)];
const LABEL: Readonly<Record<(typeof FINDING_FILTERS)[number], string>> = {
  q: "Text",
  system: "System",
  environment: "Environment",
  bundle: "Bundle",
  kind: "Kind",
  severity: "Severity",
  state: "State",
  order: "Order",
};

/** What findings can be narrowed by, and what they are narrowed by now. */
export function FindingFilters({
  filter,
  systems,
  environments,
  summary,
}: {
  readonly filter: FindingFilter;
  readonly systems: readonly Choice[];
  readonly environments: readonly Choice[];
  readonly summary?: ReactNode;
}) {
  const query = new URLSearchParams(filter).toString();
  const choices: Partial<Record<(typeof FINDING_FILTERS)[number], readonly Choice[]>> = {
    system: systems,
    environment: environments,
    kind: choicesOf(FINDING_KIND_WORD),
    severity: choicesOf(SEVERITY_WORD),
    state: STATES,
    order: [{ value: "newest", label: "Newest first" }],
  };
  const chips = FINDING_FILTERS.flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = choices[name]?.find((choice) => choice.value === value)?.label ?? value;
    return [{ label: LABEL[name], value: word, removeHref: `/drift${withParams(query, { [name]: "" })}` }];
  });
  return (
    <>
      <FilterBar label="Filter findings" summary={summary}>
        <SearchFilter label="Search findings" placeholder="Words, a pointer, or F-12" />
        <SelectFilter param="severity" label="Severity" anyLabel="Any severity" options={choicesOf(SEVERITY_WORD)} />
        <SelectFilter param="kind" label="Kind" anyLabel="Any kind" options={choicesOf(FINDING_KIND_WORD)} />
        <SelectFilter param="state" label="State" anyLabel="Open, acknowledged or accepted" options={STATES} />
        <SelectFilter param="system" label="System" anyLabel="Any system" options={systems} />
        <SelectFilter param="environment" label="Environment" anyLabel="Any environment" options={environments} />
        <SelectFilter
          param="order"
          label="Order"
          anyLabel="Worst first"
          options={[{ value: "newest", label: "Newest first" }]}
        />
      </FilterBar>
      <FilterChips chips={chips} clearHref="/drift" />
    </>
  );
}

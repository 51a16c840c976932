import { PHASE_WORD } from "#components/hot-patches/words.ts";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import type { Choice } from "#components/ui/input.tsx";

export const PATCH_FILTERS = ["q", "state", "system", "environment", "pointer", "overdue"] as const;
type PatchFilter = Partial<Record<(typeof PATCH_FILTERS)[number], string>>;

const STATES: readonly Choice[] = [
  { value: "open", label: "Something to do" },
  { value: "active", label: PHASE_WORD.in_force },
  ...(["requested", "reverted", "absorbed", "escalated", "denied", "lapsed"] as const).map((value) => ({
    value,
    label: PHASE_WORD[value],
  })),
];
const OVERDUE: readonly Choice[] = [{ value: "yes", label: "Overdue" }];
const LABEL: Readonly<Record<(typeof PATCH_FILTERS)[number], string>> = {
  q: "Text",
  state: "State",
  system: "System",
  environment: "Environment",
  pointer: "Parameter",
  overdue: "Owed",
};

/** What hot-patches can be narrowed by, and what they are narrowed by now. */
export function PatchFilters({
  filter,
  systems,
  environments,
}: {
  readonly filter: PatchFilter;
  readonly systems: readonly Choice[];
  readonly environments: readonly Choice[];
}) {
  const query = new URLSearchParams(filter).toString();
  const choices: Partial<Record<(typeof PATCH_FILTERS)[number], readonly Choice[]>> = {
    state: STATES,
    system: systems,
    environment: environments,
    overdue: OVERDUE,
  };
  const chips = PATCH_FILTERS.flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = choices[name]?.find((choice) => choice.value === value)?.label ?? value;
    return [{ label: LABEL[name], value: word, removeHref: `/hot-patches${withParams(query, { [name]: "" })}` }];
  });
  return (
    <>
      <FilterBar label="Filter hot-patches">
        <SearchFilter label="Search hot-patches" placeholder="Incident, reason, who, or HP-12" />
        <SelectFilter param="state" label="State" anyLabel="Any state" options={STATES} />
        <SelectFilter param="system" label="System" anyLabel="Any system" options={systems} />
        <SelectFilter param="environment" label="Environment" anyLabel="Any environment" options={environments} />
        <SelectFilter param="overdue" label="Owed" anyLabel="Owed or not" options={OVERDUE} />
      </FilterBar>
      <FilterChips chips={chips} clearHref="/hot-patches" />
    </>
  );
}

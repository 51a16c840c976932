import type { ReactNode } from "react";
import { TimeRange } from "#components/audit/time-range.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import type { AuditFacets } from "#lib/audit/facets.ts";

const labels: Readonly<Record<string, string>> = {
  actor: "Actor",
  action: "Action",
  subject: "Subject",
  system: "System",
  environment: "Environment",
  change: "Change request",
  incident: "Incident",
  from: "From",
  to: "Until",
  text: "Text",
};

/** What the log can be narrowed by, and what it is narrowed by now. */
export function AuditFilters({
  filter,
  facets,
  summary,
}: {
  readonly filter: Readonly<Record<string, string>>;
  readonly facets: AuditFacets;
  readonly summary: ReactNode;
}) {
  const query = new URLSearchParams(filter).toString();
  const actorName = (id: string) => facets.actors.find((actor) => actor.id === id)?.name ?? id;
  const systemName = (slug: string) => facets.systems.find((system) => system.slug === slug)?.name ?? slug;
  const shown = (name: string, value: string) =>
    name === "actor" ? actorName(value) : name === "system" ? systemName(value) : value;
  return (
    <>
      <FilterBar label="Filter events" summary={summary}>
        <SearchFilter param="text" label="Search events" placeholder="Words in summary, reason, subject, actor" />
        <SelectFilter
          param="action"
          label="Action"
          anyLabel="Any action"
          options={actionChoices(facets.actions).map((action) => ({ value: action, label: action }))}
        />
        <SelectFilter
          param="actor"
          label="Actor"
          anyLabel="Any actor"
          options={facets.actors.map((actor) => ({ value: actor.id, label: actor.name }))}
        />
        <SelectFilter
          param="system"
          label="System"
          anyLabel="Any system"
          options={facets.systems.map((system) => ({ value: system.slug, label: system.name }))}
        />
        <SelectFilter
          param="environment"
          label="Environment"
          anyLabel="Any environment"
          options={facets.environments.map((environment) => ({ value: environment, label: environment }))}
        />
        <SelectFilter
          param="incident"
          label="Incident"
          anyLabel="Any incident"
          options={facets.incidents.map((incident) => ({ value: incident, label: incident }))}
        />
        <TimeRange key={`${filter.from} ${filter.to}`} from={filter.from} to={filter.to} />
      </FilterBar>
      <FilterChips
        clearHref="/audit"
        chips={Object.entries(filter).map(([name, value]) => ({
          label: labels[name] ?? name,
          value: shown(name, value),
          removeHref: `/audit${withParams(query, { [name]: null })}`,
        }))}
      />
    </>
  );
}

/** Each noun's actions behind "every action of it". */
function actionChoices(actions: readonly string[]): readonly string[] {
  const nouns = [...new Set(actions.map((action) => action.split(".")[0] ?? action))];
  return nouns.flatMap((noun) => [`${noun}.*`, ...actions.filter((action) => action.startsWith(`${noun}.`))]);
}

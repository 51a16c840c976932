import type { Metadata } from "next";
import { PlaceState } from "#components/board/place-state.tsx";
import { HEALTH_WORD } from "#components/drift/words.ts";
import { ConnectRuntime } from "#components/fleets/connect-runtime.tsx";
import { FleetTable } from "#components/fleets/fleet-table.tsx";
import { InstanceTable } from "#components/fleets/instance-table.tsx";
import { RuntimeToken } from "#components/fleets/runtime-token.tsx";
import { filingHref } from "#components/hot-patches/words.ts";
import { Live } from "#components/shell/live.tsx";
import { ProductionMarker } from "#components/shell/production-marker.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar, FilterChips } from "#components/ui/filter-bar.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Time } from "#components/ui/time.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { BoardBundle } from "#lib/insights/board-bundle.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { env } from "#lib/platform/env.ts";
import { formatComparable } from "#lib/releases/comparable.ts";
import { HEALTH_STATES } from "#lib/runtimes/model.ts";
import { listFleets } from "#lib/runtimes/queries.ts";
import { listRuntimes } from "#lib/runtimes/queries-instances.ts";
import type { FleetRow } from "#lib/runtimes/views.ts";
import { makeToken } from "../../../../../settings/tokens/actions.ts";
import { loadRunning } from "../load.ts";

type Props = PageProps<"/systems/[system]/environments/[environment]/fleet">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const place = await params;
  const { system, environment } = await loadRunning(place.system, place.environment);
  return { title: `Fleet of ${environment.name} · ${system.name}` };
}

const FILTERS = ["bundle", "fleet", "digest", "health", "silent"] as const;
const LABEL = { bundle: "Bundle", fleet: "Fleet", digest: "Digest", health: "Health", silent: "Silent" } as const;
const SILENCE = [
  { value: "yes", label: "Silent ones" },
  { value: "no", label: "Live ones" },
];

export default async function FleetPage({ params, searchParams }: Props) {
  const [place, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const { after, ...filter } = firstOf(search, [...FILTERS, "after"]);
  const [view, fleets, page] = await Promise.all([
    loadRunning(place.system, place.environment),
    found(listFleets(actor, place)),
    found(listRuntimes(actor, { ...place, ...filter, cursor: after })),
  ]);
  const here = `/systems/${place.system}/environments/${place.environment}/fleet`;
  const query = new URLSearchParams(filter).toString();
  const now = new Date();
  const declared = view.bundles.filter((bundle) => bundle.declared !== null);
  const chips = FILTERS.flatMap((name) => {
    const value = filter[name];
    if (!value) return [];
    const word = name === "silent" ? (SILENCE.find((one) => one.value === value)?.label ?? value) : value.slice(0, 40);
    return [{ label: LABEL[name], value: word, removeHref: `${here}${withParams(query, { [name]: "" })}` }];
  });
  const connect = (bundle: BoardBundle) => (
    <ConnectRuntime
      origin={new URL(env().NEXTAUTH_URL).origin}
      bundle={bundle.slug}
      environment={view.environment.name}
      token={
        view.can.connect ? <RuntimeToken system={place.system} environment={view.environment} make={makeToken} /> : null
      }
    />
  );
  return (
    <>
      <Live />
      {view.isLast ? <ProductionMarker label={view.environment.name} /> : null}
      <PageHeader
        breadcrumbs={[
          { label: "Systems", href: "/systems" },
          { label: view.system.name, href: `/systems/${place.system}` },
          { label: view.environment.name, href: `/systems/${place.system}/environments/${place.environment}` },
        ]}
        title={`Fleet of ${view.environment.name}`}
        meta={
          <span>
            Which instance runs what, as of <Time at={now} precision="minute" />. They report every{" "}
            {view.reportIntervalSeconds} s; after twice as long without a report they count as silent.
          </span>
        }
        actions={
          view.can.patch && declared.length > 0 ? (
            <LinkButton href={filingHref(place)}>File a hot-patch</LinkButton>
          ) : null
        }
      />
      <div className="grid gap-4">
        {view.bundles.map((bundle) => (
          <BundleFleet
            key={bundle.slug}
            place={{ ...place, bundle: bundle.slug }}
            bundle={bundle}
            rows={fleets.filter((row) => row.bundle.slug === bundle.slug)}
            hrefOf={(row) =>
              `${here}${withParams("", { bundle: bundle.slug, fleet: row.fleet, digest: row.digest ?? "" })}#instances`
            }
            connect={connect(bundle)}
            now={now}
          />
        ))}
        {fleets.length > 0 ? (
          <Card labelledBy="instances" id="instances">
            <CardHeader title="Instances" titleId="instances" />
            <FilterBar label="Filter instances">
              {declared.length > 1 ? (
                <SelectFilter
                  param="bundle"
                  label="Bundle"
                  anyLabel="Any bundle"
                  options={view.bundles.map((one) => ({ value: one.slug, label: one.name }))}
                />
              ) : null}
              <SelectFilter
                param="fleet"
                label="Fleet"
                anyLabel="Any fleet"
                options={[...new Set(fleets.map((row) => row.fleet))].map((name) => ({ value: name, label: name }))}
              />
              <SelectFilter
                param="health"
                label="Health"
                anyLabel="Any health"
                options={HEALTH_STATES.map((health) => ({ value: health, label: HEALTH_WORD[health] }))}
              />
              <SelectFilter param="silent" label="Silence" anyLabel="Live and silent" options={SILENCE} />
            </FilterBar>
            <FilterChips chips={chips} clearHref={here} />
            {page.items.length > 0 ? (
              <InstanceTable label="Instances" rows={page.items} hrefOf={(id) => `${here}/${id}`} now={now} />
            ) : (
              <EmptyState reason="filtered" level={3} title="No instance matches">
                Remove a filter to see more.
              </EmptyState>
            )}
            {page.next || after ? (
              <Pager
                newerLabel="First"
                olderLabel="More"
                newerHref={after ? `${here}${withParams(query, {})}` : undefined}
                olderHref={page.next ? `${here}${withParams(query, { after: page.next })}` : undefined}
              />
            ) : null}
          </Card>
        ) : null}
      </div>
    </>
  );
}

function BundleFleet({
  place,
  bundle,
  rows,
  hrefOf,
  connect,
  now,
}: {
  readonly place: { readonly system: string; readonly environment: string; readonly bundle: string };
  readonly bundle: BoardBundle;
  readonly rows: readonly FleetRow[];
  readonly hrefOf: (row: FleetRow) => string;
  readonly connect: React.ReactNode;
  readonly now: Date;
}) {
  const id = `fleet-${bundle.slug}`;
  const compareHref = (row: FleetRow) => {
    if (row.digest === null || !row.hasDocument || bundle.declared === null) return null;
    const left = formatComparable({ type: "environment", ...place });
    const right = formatComparable({ type: "observed", ...place, digest: row.digest });
    return `/compare?left=${encodeURIComponent(left)}&right=${encodeURIComponent(right)}`;
  };
  return (
    <Card labelledBy={id}>
      <CardHeader title={bundle.name} titleId={id} />
      {rows.length > 0 ? (
        <>
          <div className="border-b border-border px-4 py-3 text-sm">
            <PlaceState place={place} running={bundle.running} next={bundle.next} now={now} />
          </div>
          <FleetTable
            label={`Fleets of ${bundle.name}`}
            rows={rows}
            hrefOf={hrefOf}
            compareHref={compareHref}
            now={now}
          />
          <details className="border-t border-border">
            <summary className="tap px-4 py-2 text-sm text-muted hover:text-text">Connect another runtime</summary>
            {connect}
          </details>
        </>
      ) : bundle.declared === null ? (
        <EmptyState level={3} title="Nothing of it is deployed here">
          Runtimes have nothing to fetch before a version is promoted into this environment.
        </EmptyState>
      ) : (
        <>
          <EmptyState level={3} title="No runtime has reported yet">
            Until one does, nobody knows whether what runs is what was reviewed. It takes about five minutes.
          </EmptyState>
          <div className="border-t border-border">{connect}</div>
        </>
      )}
    </Card>
  );
}

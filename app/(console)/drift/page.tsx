import type { Metadata } from "next";
import { SavedViews } from "#components/audit/saved-views.tsx";
import { DriftTabs } from "#components/drift/drift-tabs.tsx";
import { FINDING_FILTERS, FindingFilters } from "#components/drift/finding-filters.tsx";
import { FindingTable, type ListedFinding } from "#components/drift/finding-table.tsx";
import { IgnoredHere } from "#components/drift/hidden-differences.tsx";
import { Live } from "#components/shell/live.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { listSavedViews } from "#lib/accounts/queries/own.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { ListFindings } from "#lib/drift/input.ts";
import { countFindings, listFindings } from "#lib/drift/queries/list-findings.ts";
import { placeDifferences } from "#lib/drift/queries/verdicts.ts";
import { isAcceptable } from "#lib/drift/triage.ts";
import { firstOf, fittingOf } from "#lib/kernel/search-params.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { dropView, keepView } from "../audit/actions.ts";
import { accept, acknowledge, acknowledgeAll, suppress, unsuppress } from "./actions.ts";

export const metadata: Metadata = { title: "Drift" };

export default async function DriftPage({ searchParams }: PageProps<"/drift">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, ignored, ...filter } = fittingOf(
    firstOf(params, [...FINDING_FILTERS, "after", "ignored"]),
    ListFindings.shape,
  );
  const [page, counts, systems, { views }] = await Promise.all([
    found(listFindings(actor, { ...filter, cursor: after })),
    countFindings(actor, {}),
    listSystems(actor, { limit: 200 }),
    listSavedViews(actor, { page: "/drift" }),
  ]);
  const hidden = ignored === undefined ? null : await ignoredIn(actor, filter, systems.items);
  const now = new Date();
  const query = new URLSearchParams(filter).toString();
  const idOf = new Map(systems.items.map((system) => [system.slug, system.id]));
  const rows = page.items.map((finding): ListedFinding => {
    const scope = { systemId: idOf.get(finding.system.slug), environment: finding.environment.slug };
    const mayTriage = may(actor, "drift:triage", scope);
    return {
      ...finding,
      now,
      can: {
        triage: mayTriage,
        accept: mayTriage && may(actor, "change:create", scope) && isAcceptable(finding.kind),
        ignore: may(actor, "drift:ignore", scope),
        remediate: may(actor, "drift:remediate", scope),
      },
    };
  });
  const environments = [
    ...new Map(systems.items.flatMap((one) => one.environments).map((one) => [one.slug, one.name])),
  ].map(([value, label]) => ({ value, label }));
  return (
    <>
      <Live />
      <PageHeader
        title="Drift"
        meta="What runs against what is declared. One finding is one difference, however many instances show it."
        actions={
          <>
            {ignored === undefined ? (
              <LinkButton href={`/drift${withParams(query, { ignored: "show" })}`} scroll={false}>
                Show what is ignored
              </LinkButton>
            ) : null}
            <SavedViews page="/drift" query={query} views={views} save={keepView} forget={dropView} />
          </>
        }
      />
      <DriftTabs current="findings" counts={{ findings: counts.open }} />
      {ignored === undefined ? null : (
        <div className="mb-4">
          <IgnoredHere differences={hidden} closeHref={`/drift${withParams(query, {})}`} />
        </div>
      )}
      <Card>
        <FindingFilters
          filter={filter}
          environments={environments}
          systems={systems.items.map((one) => ({ value: one.slug, label: one.name }))}
          summary={decisionsText(counts.open)}
        />
        <FindingTable
          findings={rows}
          deeds={{ acknowledge, acknowledgeAll, suppress, unsuppress, accept }}
          empty={<Nothing isFiltered={query !== "" || after !== undefined} />}
          footer={
            page.next || after ? (
              <Pager
                newerLabel="First"
                olderLabel="More"
                newerHref={after ? `/drift${withParams(query, {})}` : undefined}
                olderHref={page.next ? `/drift${withParams(query, { after: page.next })}` : undefined}
              />
            ) : null
          }
        />
      </Card>
    </>
  );
}

/** What the number beside Drift counts. It stops at 100. */
function decisionsText(open: number): string | null {
  if (open === 0) return null;
  return `${open >= 100 ? "100 or more" : open} to decide: open, and no authorised hot-patch`;
}

type Filter = { readonly system?: string; readonly environment?: string; readonly bundle?: string };
type Systems = Awaited<ReturnType<typeof listSystems>>["items"];

/** What ignore rules hide in the environment that is looked at, for each of its bundles; null: none is chosen. */
async function ignoredIn(actor: Actor, { system, environment, bundle }: Filter, systems: Systems) {
  const chosen = systems.find((one) => one.slug === system);
  if (!chosen || environment === undefined) return null;
  const bundles = chosen.bundles.filter((one) => bundle === undefined || one.slug === bundle);
  const places = await found(
    Promise.all(bundles.map((one) => placeDifferences(actor, { system: chosen.slug, environment, bundle: one.slug }))),
  );
  return places.flatMap(({ environment, bundle, differences }) =>
    differences.filter((one) => one.ignoredBy !== null).map((one) => ({ ...one, environment, bundle })),
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState
      reason="filtered"
      title="No finding matches"
      action={<LinkButton href="/drift">Clear filters</LinkButton>}
    >
      Findings may be there, but none that fits every filter.
    </EmptyState>
  ) : (
    <EmptyState
      title="Nothing differs, as far as runtimes report"
      action={
        <>
          <LinkButton href="/">See who reports</LinkButton>
          <LinkButton href="/drift?state=any">Show those that are over</LinkButton>
        </>
      }
    >
      What a runtime runs and nobody declared appears here, with its kind, its severity and since when. Places from
      which nobody reports are unknown, not in sync.
    </EmptyState>
  );
}

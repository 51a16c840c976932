import { Flame } from "lucide-react";
import type { Metadata } from "next";
import { SavedViews } from "#components/audit/saved-views.tsx";
import { PATCH_FILTERS, PatchFilters } from "#components/hot-patches/patch-filters.tsx";
import { PatchTable } from "#components/hot-patches/patch-table.tsx";
import { Recurrences } from "#components/hot-patches/recurrences.tsx";
import { Live } from "#components/shell/live.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { listSavedViews } from "#lib/accounts/queries/own.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { ListHotPatches } from "#lib/hot-patches/input.ts";
import { listHotPatches } from "#lib/hot-patches/queries/list-hot-patches.ts";
import { listRecurrences } from "#lib/hot-patches/queries/recurrences.ts";
import { firstOf, fittingOf } from "#lib/kernel/search-params.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { dropView, keepView } from "../audit/actions.ts";

export const metadata: Metadata = { title: "Hot-patches" };

export default async function HotPatchesPage({ searchParams }: PageProps<"/hot-patches">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after, before, ...filter } = fittingOf(
    firstOf(params, [...PATCH_FILTERS, "after", "before"]),
    ListHotPatches.shape,
  );
  const query = new URLSearchParams(filter).toString();
  const isWhole = query === "" && !after && !before;
  const [page, recurrences, systems, { views }] = await Promise.all([
    found(listHotPatches(actor, { ...filter, limit: 25, cursor: after, newer: before })),
    isWhole ? listRecurrences(actor, {}) : [],
    listSystems(actor, { limit: 200 }),
    listSavedViews(actor, { page: "/hot-patches" }),
  ]);
  const environments = [
    ...new Map(systems.items.flatMap((one) => one.environments).map((one) => [one.slug, one.name])),
  ].map(([value, label]) => ({ value, label }));
  const mayFile = mayAnywhere(actor, "hot-patch:file");
  const { now } = page;
  return (
    <>
      <Live />
      <PageHeader
        title="Hot-patches"
        meta="Changes made during incidents. Each ends by itself, owes a decision, and is reviewed by somebody else."
        actions={
          <>
            <SavedViews page="/hot-patches" query={query} views={views} save={keepView} forget={dropView} />
            {mayFile ? <FileButton /> : null}
          </>
        }
      />
      <Recurrences recurrences={recurrences} />
      <Card>
        <PatchFilters
          filter={filter}
          environments={environments}
          systems={systems.items.map((one) => ({ value: one.slug, label: one.name }))}
        />
        <PatchTable
          patches={page.items.map((patch) => ({ ...patch, id: patch.name, now }))}
          empty={<Nothing isFiltered={!isWhole} action={mayFile ? <FileButton /> : null} />}
          footer={
            page.next || page.newer ? (
              <Pager
                newerHref={page.newer ? `/hot-patches${withParams(query, { before: page.newer })}` : undefined}
                olderHref={page.next ? `/hot-patches${withParams(query, { after: page.next })}` : undefined}
              />
            ) : null
          }
        />
      </Card>
    </>
  );
}

function FileButton() {
  return (
    <LinkButton variant="primary" href="/hot-patches/new">
      <Flame aria-hidden />
      File a hot-patch
    </LinkButton>
  );
}

function Nothing({ isFiltered, action }: { readonly isFiltered: boolean; readonly action: React.ReactNode }) {
  return isFiltered ? (
    <EmptyState
      reason="filtered"
      title="No hot-patch matches"
      action={<LinkButton href="/hot-patches">Clear filters</LinkButton>}
    >
      Hot-patches may be there, but none that fits every filter.
    </EmptyState>
  ) : (
    <EmptyState title="No hot-patch was ever filed" action={action}>
      When an incident cannot wait for a change request, a responder changes a parameter for a few hours here. It is
      checked like any change, it ends by itself, and somebody decides what becomes of it.
    </EmptyState>
  );
}

import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { Suspense } from "react";
import { AuditFilters } from "#components/audit/audit-filters.tsx";
import { linksOf } from "#components/audit/event-links.ts";
import { EventTable } from "#components/audit/event-table.tsx";
import { ExportMenu } from "#components/audit/export-menu.tsx";
import { IntegrityBadge } from "#components/audit/integrity-badge.tsx";
import { SavedViews } from "#components/audit/saved-views.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { mayAnywhere } from "#lib/access/may.ts";
import { listSavedViews } from "#lib/accounts/queries/own.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { filterNames } from "#lib/audit/input.ts";
import type { EventPage } from "#lib/audit/model.ts";
import { countAuditEvents, listAuditEvents, listAuditFacets, showLogState } from "#lib/audit/queries.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { dropView, keepView } from "./actions.ts";

export const metadata: Metadata = { title: "Audit trail" };

type Filter = Readonly<Record<string, string>>;

export default async function AuditPage({ searchParams }: PageProps<"/audit">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  if (!mayAnywhere(actor, "audit:read")) forbidden();
  const { after, before, ...filter } = firstOf(params, [...filterNames, "after", "before"]);
  const [found, facets, { views }, log] = await Promise.all([
    answerOf(() => listAuditEvents(actor, { ...filter, after, before })),
    listAuditFacets(actor, {}),
    listSavedViews(actor, { page: "/audit" }),
    showLogState(actor, {}),
  ]);
  const query = new URLSearchParams(filter).toString();
  return (
    <>
      <PageHeader
        title="Audit trail"
        meta={
          <>
            <span>Append-only, times in UTC</span>
            <IntegrityBadge log={log} now={new Date()} />
          </>
        }
        actions={
          <>
            <SavedViews page="/audit" query={query} views={views} save={keepView} forget={dropView} />
            {mayAnywhere(actor, "audit:export") ? <ExportMenu query={query} /> : null}
          </>
        }
      />
      <Card>
        <AuditFilters
          filter={filter}
          facets={facets}
          summary={
            <Suspense key={query} fallback="Counting…">
              <Count actor={actor} filter={filter} />
            </Suspense>
          }
        />
        <Events found={found} query={query} />
      </Card>
    </>
  );
}

/** A filter that cannot be read, or that names what is not there, is said on the page. */
async function answerOf(read: () => Promise<EventPage>): Promise<EventPage | Refusal> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal && (error.code === "invalid" || error.code === "not_found")) return error;
    throw error;
  }
}

function Events({ found, query }: { readonly found: EventPage | Refusal; readonly query: string }) {
  if (found instanceof Refusal) {
    return (
      <div className="p-4">
        <Callout
          tone="warn"
          title="This filter cannot be used"
          actions={<LinkButton href="/audit">Clear filters</LinkButton>}
        >
          {found.message}
        </Callout>
      </div>
    );
  }
  return (
    <EventTable
      events={found.events.map((event) => ({ ...event, links: linksOf(event, query) }))}
      empty={
        query === "" ? (
          <EmptyState title="Nothing has happened yet">
            Every change of state appears here, with who did it and what was before and after.
          </EmptyState>
        ) : (
          <EmptyState
            reason="filtered"
            title="No event matches"
            action={<LinkButton href="/audit">Clear filters</LinkButton>}
          >
            Events are there, but none that fits every filter.
          </EmptyState>
        )
      }
      footer={
        <Pager
          newerHref={found.newer ? `/audit${withParams(query, { before: found.newer })}` : undefined}
          olderHref={found.older ? `/audit${withParams(query, { after: found.older })}` : undefined}
        />
      }
    />
  );
}

async function Count({ actor, filter }: { readonly actor: Actor; readonly filter: Filter }) {
  try {
    const { count, isCapped } = await countAuditEvents(actor, filter);
    return `${count.toLocaleString("en")}${isCapped ? "+" : ""} ${count === 1 ? "event" : "events"}`;
  } catch (error) {
    if (error instanceof Refusal) return "";
    throw error;
  }
}

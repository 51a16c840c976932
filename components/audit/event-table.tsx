"use client";

import type { ReactNode } from "react";
import { EventChanges } from "#components/audit/event-changes.tsx";
import { EventFacts } from "#components/audit/event-facts.tsx";
import type { EventLinks } from "#components/audit/event-links.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { createAppColumnHelper } from "#components/data-table/table-hook.ts";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventRow } from "#lib/audit/model.ts";

export type LinkedEvent = EventRow & { readonly links: EventLinks };

const column = createAppColumnHelper<LinkedEvent>();
const columns = column.columns([
  column.accessor("occurredAt", {
    header: "Time",
    cell: ({ row }) => (
      <TextLink quiet href={row.original.links.event} className="font-normal!">
        <Time at={row.original.occurredAt} />
      </TextLink>
    ),
    meta: { phone: "secondary", className: "whitespace-nowrap" },
  }),
  column.accessor("action", {
    header: "Action",
    cell: ({ row: { original } }) => (
      <TextLink quiet href={original.links.action} className="font-mono text-xs font-normal!" title="Only this action">
        {original.action}
      </TextLink>
    ),
    meta: { phone: "hidden" },
  }),
  column.accessor("summary", {
    header: "What happened",
    cell: ({ row: { original } }) => <span className="line-clamp-2">{original.summary}</span>,
    meta: { phone: "primary", className: "min-w-64" },
  }),
  column.accessor("actor", {
    header: "Actor",
    cell: ({ row: { original } }) => (
      <TextLink quiet href={original.links.actor} className="font-normal!" title="Only this actor">
        {original.actor.name}
      </TextLink>
    ),
    meta: { phone: "secondary", className: "whitespace-nowrap" },
  }),
  column.display({
    id: "where",
    header: "Where",
    cell: ({ row: { original } }) => <Where event={original} />,
    meta: { phone: "secondary" },
  }),
  column.display({
    id: "change",
    header: "Request",
    cell: ({ row: { original } }) =>
      original.change && original.links.change ? (
        <TextLink quiet href={original.links.change} className="font-normal!" title={original.change.title}>
          #{original.change.number}
        </TextLink>
      ) : null,
    meta: { phone: "secondary" },
  }),
]);

function Where({ event: { system, environment, links } }: { readonly event: LinkedEvent }) {
  return (
    <>
      {system && links.system ? (
        <TextLink quiet href={links.system} className="font-normal!" title="Only this system">
          {system.slug}
        </TextLink>
      ) : null}
      {system && environment ? <span className="text-muted"> · </span> : null}
      {environment && links.environment ? (
        <TextLink quiet href={links.environment} className="font-normal!" title="Only this environment">
          {environment}
        </TextLink>
      ) : null}
    </>
  );
}

/** A page of the log: every value filters by itself, every row unfolds to its before and after. */
export function EventTable({
  events,
  empty,
  footer,
}: {
  readonly events: readonly LinkedEvent[];
  readonly empty: ReactNode;
  readonly footer: ReactNode;
}) {
  return (
    <DataTable
      label="Audit events"
      columns={columns}
      rows={events}
      renderDetail={renderDetail}
      empty={empty}
      footer={footer}
    />
  );
}

function renderDetail(event: LinkedEvent): ReactNode {
  return (
    <div className="grid gap-3 px-1 py-2">
      {event.detail === null ? (
        <p className="text-sm">
          What changed is too long for a list. <TextLink href={event.links.event}>Open the event</TextLink>
        </p>
      ) : (
        <EventChanges detail={event.detail} />
      )}
      <EventFacts event={event} links={event.links} />
    </div>
  );
}

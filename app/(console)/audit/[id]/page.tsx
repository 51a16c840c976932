import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import type { Metadata } from "next";
import { EventChanges } from "#components/audit/event-changes.tsx";
import { EventFacts } from "#components/audit/event-facts.tsx";
import { linksOf } from "#components/audit/event-links.ts";
import { EventProof } from "#components/audit/event-proof.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { filterNames } from "#lib/audit/input.ts";
import { changesOf } from "#lib/audit/model.ts";
import { showAuditEvent } from "#lib/audit/queries.ts";
import { firstOf } from "#lib/kernel/search-params.ts";

export async function generateMetadata({ params }: PageProps<"/audit/[id]">): Promise<Metadata> {
  return { title: `Audit event ${(await params).id}` };
}

export default async function AuditEventPage({ params, searchParams }: PageProps<"/audit/[id]">) {
  const [actor, { id }, search] = await Promise.all([requireActor(), params, searchParams]);
  const filter = firstOf(search, filterNames);
  const view = await found(showAuditEvent(actor, { ...filter, id }));
  const { event, checkpoint, newer, older } = view;
  const query = new URLSearchParams(filter).toString();
  const links = linksOf(event, query);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Audit trail", href: `/audit${withParams(query, {})}` }]}
        title={event.summary}
        meta={
          <>
            <Time at={event.occurredAt} now={new Date()} show="both" />
            <Badge mono>{event.action}</Badge>
            <CopyButton link={`/audit/${event.id}`} label="Copy link to this event" />
          </>
        }
        actions={
          <>
            {newer ? (
              <LinkButton href={`/audit/${newer}${withParams(query, {})}`} rel="prev">
                <ChevronLeft aria-hidden />
                Newer
              </LinkButton>
            ) : null}
            {older ? (
              <LinkButton href={`/audit/${older}${withParams(query, {})}`} rel="next">
                Older
                <ChevronRight aria-hidden />
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid gap-4">
        <Card labelledBy="changes">
          <CardHeader
            titleId="changes"
            title={changesOf(event.detail).length > 0 ? "Before and after" : "What was recorded"}
          />
          <CardBody>
            <EventChanges detail={event.detail} />
          </CardBody>
        </Card>
        <Card labelledBy="facts">
          <CardHeader titleId="facts" title="Who, what, where" />
          <CardBody>
            <EventFacts event={event} links={links} />
          </CardBody>
        </Card>
        <Card labelledBy="proof">
          <CardHeader
            titleId="proof"
            title="Proof"
            actions={
              checkpoint ? (
                <a
                  href={`/api/v1/audit/events/${event.id}/tlog-proof`}
                  download
                  className={buttonClass("secondary", "sm")}
                >
                  <Download aria-hidden />
                  Download proof
                </a>
              ) : null
            }
          />
          <CardBody>
            <EventProof event={event} checkpoint={checkpoint} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventRow } from "#lib/audit/model.ts";

/** Everything that happened to a request, from the log that nobody can alter. Each event has an address. */
export function TimelineView({
  events,
  moreHref,
  showLinks,
  now,
}: {
  readonly events: readonly EventRow[];
  readonly moreHref: string | null;
  /** Whether the viewer may open events in the audit trail. */
  readonly showLinks: boolean;
  readonly now: Date;
}) {
  if (events.length === 0) {
    return (
      <Card>
        <EmptyState title="No events">Everything that happens to this request appears here.</EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <ol className="divide-y divide-border">
        {events.map((event) => (
          <li
            key={event.id}
            id={`event-${event.id}`}
            className="grid scroll-mt-20 gap-x-4 gap-y-1 px-4 py-2.5 text-sm target:bg-accent-bg sm:grid-cols-[11.5rem_minmax(0,1fr)_auto]"
          >
            <Link href={`#event-${event.id}`} className="text-muted hover:text-text">
              <Time at={event.occurredAt} now={now} />
            </Link>
            <div className="flex min-w-0 gap-2">
              <Avatar name={event.actor.name} size="sm" />
              <div className="min-w-0">
                <p className="[overflow-wrap:anywhere]">{event.summary}</p>
                {event.reason ? (
                  <p className="text-muted [overflow-wrap:anywhere] whitespace-pre-wrap">{event.reason}</p>
                ) : null}
              </div>
            </div>
            <div className="flex items-start gap-2">
              <Badge mono>{event.action}</Badge>
              {showLinks ? (
                <TextLink href={`/audit/${event.id}`} className="inline-flex min-h-6 items-center text-xs">
                  Event<span className="sr-only"> {event.id} in the audit trail</span>
                </TextLink>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {moreHref ? (
        <p className="border-t border-border p-3">
          <LinkButton href={moreHref}>Later events</LinkButton>
        </p>
      ) : null}
    </Card>
  );
}

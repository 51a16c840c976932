import { TimelineView } from "#components/reviews/timeline-view.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { showChangeTimeline } from "#lib/reviews/queries/show-timeline.ts";

export default async function TimelinePage({ params, searchParams }: PageProps<"/changes/[number]/timeline">) {
  const [{ number }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const { after } = firstOf(search, ["after"]);
  const { events, next } = await found(showChangeTimeline(actor, { number, cursor: after }));
  return (
    <TimelineView
      events={events}
      moreHref={next ? `/changes/${number}/timeline?after=${encodeURIComponent(next)}` : null}
      showLinks={mayAnywhere(actor, "audit:read")}
      now={new Date()}
    />
  );
}

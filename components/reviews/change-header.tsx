import { ShieldOff } from "lucide-react";
import type { ReactNode } from "react";
import { RiskBadge } from "#components/diff/change-badges.tsx";
import { ChangeStateBadge, EnvironmentBadges, ScheduleBadge } from "#components/reviews/change-badges.tsx";
import { counted, greatestRisk, KIND_WORD } from "#components/reviews/words.ts";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChangeView } from "#lib/reviews/view.ts";

/** What the request is, where it stands, and what can be done. */
export function ChangeHeader({
  view,
  now,
  controls,
}: {
  readonly view: ChangeView;
  readonly now: Date;
  readonly controls: ReactNode;
}) {
  const { request, system } = view;
  const risk = greatestRisk(view.changes);
  return (
    <header className="mb-4 flex flex-wrap items-start gap-x-6 md:gap-y-3">
      <div className="min-w-0 grow basis-96">
        <h1 className="text-xl font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">
          {request.title} <span className="font-normal text-muted">#{request.number}</span>
        </h1>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm text-muted">
          <ChangeStateBadge state={request.state} />
          <Badge>{KIND_WORD[request.kind]}</Badge>
          {risk ? <RiskBadge risk={risk} suffix=" risk" /> : null}
          <EnvironmentBadges environments={view.reaches} />
          <ScheduleBadge state={request.scheduleState} at={request.scheduledFor} />
          {view.exceptions.length > 0 ? (
            <Link href={`/changes/${request.number}/checks#exceptions`} className="rounded-full">
              <StatusBadge tone="warn" icon={ShieldOff} title="Gates that a named person set aside">
                {counted(view.exceptions.length, "exception")}
              </StatusBadge>
            </Link>
          ) : null}
        </div>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
          <span>{request.authorName} proposed it</span>
          <Time at={request.createdAt} now={now} show="relative" />
          <span aria-hidden>·</span>
          <TextLink quiet href={`/systems/${system.slug}`} className="inline-flex min-h-6 items-center">
            {system.name}
          </TextLink>
          {request.incident ? (
            <>
              <span aria-hidden>·</span>
              <span>{request.incident}</span>
            </>
          ) : null}
          <span aria-hidden>·</span>
          <Digest value={request.contentDigest} label="Copy the digest of the content" />
        </p>
      </div>
      {controls}
    </header>
  );
}

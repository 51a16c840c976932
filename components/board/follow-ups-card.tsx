import { Card, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { OwedFollowUp } from "#lib/insights/follow-ups.ts";

/** The decisions that hot-patches owe, by time left. */
export function FollowUpsCard({ followUps, now }: { readonly followUps: readonly OwedFollowUp[]; readonly now: Date }) {
  return (
    <Card labelledBy="waiting-follow-ups">
      <CardHeader
        title="Follow-ups by time left"
        titleId="waiting-follow-ups"
        actions={
          followUps.length > 0 ? (
            <TextLink href="/hot-patches" className="inline-flex min-h-6 items-center text-sm">
              See all
            </TextLink>
          ) : null
        }
      />
      {followUps.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">No hot-patch waits for its follow-up.</p>
      ) : (
        <ul className="divide-y divide-border">
          {followUps.map((one) => (
            <li
              key={one.number}
              data-row-href={`/hot-patches/${one.number}`}
              className="grid gap-1 px-4 py-2.5 text-sm"
            >
              <TextLink quiet href={`/hot-patches/${one.number}`}>
                {one.incident} <span className="font-normal text-muted">HP-{one.number}</span>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                <Countdown until={one.dueAt} from={one.from} now={now} label={`Follow-up of HP-${one.number}`} />
                {one.system} · {one.environment} · {one.isMine ? "you decide" : `${one.ownerName} decides`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

import {
  CircleCheck,
  CircleDot,
  CircleX,
  Clock,
  ClockAlert,
  FilePenLine,
  Flame,
  type LucideIcon,
  Megaphone,
  OctagonAlert,
  ScanEye,
  TimerOff,
  Undo2,
  UserRoundPen,
} from "lucide-react";
import type { HotPatchView } from "#components/hot-patches/view.ts";
import { wordsOf } from "#components/systems/words.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Time } from "#components/ui/time.tsx";

const ICON: Readonly<Record<string, LucideIcon>> = {
  filed: FilePenLine,
  approved: CircleCheck,
  activated: Flame,
  denied: CircleX,
  withdrawn: CircleX,
  lapsed: TimerOff,
  warned: Megaphone,
  paged: ClockAlert,
  extended: Clock,
  reassigned: UserRoundPen,
  decided: CircleCheck,
  reviewed: ScanEye,
  reverted: Undo2,
  absorbed: CircleCheck,
  escalated: OctagonAlert,
};

/** What happened to a patch, the newest first; each has an address of its own. */
export function PatchTimeline({ moments, now }: { readonly moments: HotPatchView["timeline"]; readonly now: Date }) {
  return (
    <Card labelledBy="timeline">
      <CardHeader title="What happened" titleId="timeline" />
      <ol className="grid gap-3 px-4 py-3 text-sm">
        {moments.toReversed().map((moment) => {
          const Icon = ICON[moment.kind] ?? CircleDot;
          return (
            <li
              key={moment.id}
              id={`event-${moment.id}`}
              className="grid grid-cols-[1.5rem_minmax(0,1fr)] target:bg-accent-bg"
            >
              <Icon aria-hidden className="mt-0.5 size-4 text-muted" />
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{wordsOf(moment.kind)}</span> by {moment.by}
                </p>
                {moment.note === "" ? null : <p className="text-muted [overflow-wrap:anywhere]">{moment.note}</p>}
                <p className="text-xs text-muted">
                  <Time at={moment.at} now={now} show="both" />
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

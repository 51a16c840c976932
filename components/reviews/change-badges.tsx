import {
  CalendarClock,
  CircleCheck,
  CircleDashed,
  CircleOff,
  GitPullRequestArrow,
  type LucideIcon,
  MessageSquareWarning,
  OctagonAlert,
  Rocket,
} from "lucide-react";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { utcTime } from "#components/ui/relative-time.ts";
import type { Tone } from "#components/ui/tone.ts";
import type { ChangeState, ScheduleState } from "#lib/reviews/model.ts";

type Look = { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon; readonly title: string };

export const STATE_LOOK: Readonly<Record<ChangeState, Look>> = {
  draft: { word: "Draft", tone: "neutral", icon: CircleDashed, title: "Its author is still writing" },
  open: { word: "In review", tone: "accent", icon: GitPullRequestArrow, title: "Waits for reviewers" },
  changes_requested: {
    word: "Changes requested",
    tone: "warn",
    icon: MessageSquareWarning,
    title: "A reviewer asked for more",
  },
  approved: { word: "Approved", tone: "ok", icon: CircleCheck, title: "Has every approval it needs" },
  applied: { word: "Applied", tone: "info", icon: Rocket, title: "Took effect" },
  closed: { word: "Closed", tone: "neutral", icon: CircleOff, title: "Given up; it can be reopened" },
};

export function ChangeStateBadge({ state }: { readonly state: ChangeState }) {
  const { word, tone, icon, title } = STATE_LOOK[state];
  return (
    <StatusBadge tone={tone} icon={icon} title={title}>
      {word}
    </StatusBadge>
  );
}

/** When it is to be applied, or why that did not happen; nothing when it is not scheduled. */
export function ScheduleBadge({
  state,
  at,
  isShort = false,
}: {
  readonly state: ScheduleState;
  readonly at: Date | null;
  /** The moment on hover only, where room is short. */
  readonly isShort?: boolean;
}) {
  switch (state) {
    case "none":
      return null;
    case "scheduled":
      return (
        <StatusBadge tone="info" icon={CalendarClock} title={at ? utcTime(at, "minute") : undefined}>
          {at ? `Scheduled for ${utcTime(at, isShort ? "day" : "minute")}` : "Scheduled"}
        </StatusBadge>
      );
    case "suspended":
      return (
        <StatusBadge tone="warn" icon={CalendarClock}>
          Schedule suspended
        </StatusBadge>
      );
    case "parked":
      return (
        <StatusBadge tone="danger" icon={OctagonAlert}>
          Schedule failed
        </StatusBadge>
      );
  }
}

export function EnvironmentBadges({ environments }: { readonly environments: readonly string[] }) {
  return environments.map((environment) => <Badge key={environment}>{environment}</Badge>);
}

/** The furthest environment, and how many before it. */
export function FurthestEnvironment({ environments }: { readonly environments: readonly string[] }) {
  const last = environments.at(-1);
  if (last === undefined) return null;
  const others = environments.slice(0, -1);
  return (
    <>
      <Badge>{last}</Badge>
      {others.length > 0 ? (
        <Badge title={others.join(", ")}>
          <span aria-hidden>+{others.length}</span>
          <span className="sr-only">and {others.join(", ")}</span>
        </Badge>
      ) : null}
    </>
  );
}

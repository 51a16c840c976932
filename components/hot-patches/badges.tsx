import {
  CircleCheck,
  CircleSlash,
  CircleX,
  ClockAlert,
  Flame,
  Hourglass,
  type LucideIcon,
  OctagonAlert,
  ScanEye,
  TimerOff,
  Undo2,
} from "lucide-react";
import {
  followUpWord,
  LEVEL_HINT,
  LEVEL_WORD,
  PHASE_HINT,
  PHASE_WORD,
  reviewWord,
} from "#components/hot-patches/words.ts";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { IncidentLevel } from "#lib/hot-patches/model.ts";
import type { FollowUpView, ReviewView } from "#lib/hot-patches/queries/rows.ts";
import type { Phase } from "#lib/hot-patches/rules.ts";

type Look = { readonly tone: Tone; readonly icon: LucideIcon };

const PHASE: Readonly<Record<Phase, Look>> = {
  requested: { tone: "info", icon: Hourglass },
  in_force: { tone: "warn", icon: Flame },
  leaving: { tone: "warn", icon: Undo2 },
  kept: { tone: "danger", icon: ClockAlert },
  reverted: { tone: "neutral", icon: Undo2 },
  absorbed: { tone: "ok", icon: CircleCheck },
  escalated: { tone: "danger", icon: OctagonAlert },
  denied: { tone: "neutral", icon: CircleX },
  lapsed: { tone: "neutral", icon: TimerOff },
};

export function PhaseBadge({ phase }: { readonly phase: Phase }) {
  const { tone, icon } = PHASE[phase];
  return (
    <StatusBadge tone={tone} icon={icon} title={PHASE_HINT[phase]}>
      {PHASE_WORD[phase]}
    </StatusBadge>
  );
}

const LEVEL_TONE: Readonly<Record<IncidentLevel, Tone>> = {
  sev1: "danger",
  sev2: "warn",
  sev3: "info",
  sev4: "neutral",
};

export function LevelBadge({ level }: { readonly level: IncidentLevel }) {
  return (
    <Badge tone={LEVEL_TONE[level]} title={`Incident level: ${LEVEL_HINT[level]}`}>
      {LEVEL_WORD[level]}
    </Badge>
  );
}

/** What is owed for a decision; nothing for a patch that never took effect. */
export function FollowUpBadge({ followUp }: { readonly followUp: FollowUpView }) {
  const word = followUpWord(followUp);
  if (word === null) return null;
  const look: Look =
    followUp.state === "overdue"
      ? { tone: "danger", icon: ClockAlert }
      : followUp.state === "open"
        ? { tone: "warn", icon: Hourglass }
        : { tone: "neutral", icon: CircleCheck };
  return (
    <StatusBadge tone={look.tone} icon={look.icon} title={`Owned by ${followUp.ownerName}`}>
      {word}
    </StatusBadge>
  );
}

const REVIEW: Readonly<Record<Exclude<ReviewView["state"], "nothing">, Look>> = {
  due: { tone: "info", icon: ScanEye },
  overdue: { tone: "danger", icon: ClockAlert },
  sound: { tone: "neutral", icon: CircleCheck },
  objected: { tone: "danger", icon: CircleSlash },
};

/** The review after the fact; nothing for a patch that never took effect. */
export function ReviewBadge({ review }: { readonly review: ReviewView }) {
  const word = reviewWord(review);
  if (word === null || review.state === "nothing") return null;
  const { tone, icon } = REVIEW[review.state];
  return (
    <StatusBadge tone={tone} icon={icon} title={review.by ? `By ${review.by}` : undefined}>
      {word}
    </StatusBadge>
  );
}

import {
  ArchiveX,
  BellOff,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  ClockAlert,
  Eye,
  FilePenLine,
  Flame,
  GitCompareArrows,
  Heart,
  HeartCrack,
  HeartPulse,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from "lucide-react";
import {
  FINDING_KIND_HINT,
  FINDING_KIND_WORD,
  findingStateWord,
  HEALTH_WORD,
  SEVERITY_WORD,
  SYNC_HINT,
  SYNC_WORD,
} from "#components/drift/words.ts";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { FindingKind, FindingState, Severity } from "#lib/drift/model.ts";
import type { HealthState, SyncState } from "#lib/runtimes/model.ts";

type Look = { readonly tone: Tone; readonly icon: LucideIcon };

// What is not known is never green.
export const SYNC_LOOK: Readonly<Record<SyncState, Look>> = {
  in_sync: { tone: "ok", icon: CircleCheck },
  hot_patched: { tone: "warn", icon: Flame },
  drifted: { tone: "danger", icon: GitCompareArrows },
  stale: { tone: "warn", icon: ClockAlert },
  unknown: { tone: "neutral", icon: CircleHelp },
};

/** Whether what runs is what is declared. */
export function SyncBadge({ sync }: { readonly sync: SyncState }) {
  const { tone, icon } = SYNC_LOOK[sync];
  return (
    <StatusBadge tone={tone} icon={icon} title={SYNC_HINT[sync]}>
      {SYNC_WORD[sync]}
    </StatusBadge>
  );
}

const HEALTH: Readonly<Record<HealthState, Look>> = {
  ok: { tone: "neutral", icon: Heart },
  degraded: { tone: "warn", icon: HeartPulse },
  failing: { tone: "danger", icon: HeartCrack },
  unknown: { tone: "neutral", icon: CircleDashed },
};

/** What runtimes say of themselves: another axis than sync, so it never borrows its green. */
export function HealthBadge({ health, note }: { readonly health: HealthState; readonly note?: string | null }) {
  const { tone, icon } = HEALTH[health];
  return (
    <StatusBadge tone={tone} icon={icon} title={note ?? "What its runtimes say of themselves"}>
      {HEALTH_WORD[health]}
    </StatusBadge>
  );
}

export const SEVERITY_LOOK: Readonly<Record<Severity, Look>> = {
  critical: { tone: "danger", icon: OctagonAlert },
  high: { tone: "warn", icon: TriangleAlert },
  medium: { tone: "info", icon: CircleDashed },
  low: { tone: "neutral", icon: CircleDashed },
};

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { tone, icon } = SEVERITY_LOOK[severity];
  return (
    <StatusBadge tone={tone} icon={icon} title="Severity">
      {SEVERITY_WORD[severity]}
    </StatusBadge>
  );
}

const STATE: Readonly<Record<FindingState, Look>> = {
  open: { tone: "accent", icon: CircleDashed },
  acknowledged: { tone: "info", icon: Eye },
  suppressed: { tone: "neutral", icon: BellOff },
  accepted: { tone: "info", icon: FilePenLine },
  resolved: { tone: "ok", icon: CircleCheck },
};

const AUTHORISED: Look = { tone: "warn", icon: Flame };

export function FindingStateBadge({
  state,
  kind,
  title,
}: {
  readonly state: FindingState;
  readonly kind: FindingKind;
  readonly title?: string;
}) {
  const { tone, icon } = state === "open" && kind === "hot_patched" ? AUTHORISED : STATE[state];
  return (
    <StatusBadge tone={tone} icon={icon} title={title}>
      {findingStateWord({ state, kind })}
    </StatusBadge>
  );
}

export function FindingKindBadge({ kind }: { readonly kind: FindingKind }) {
  return <Badge title={FINDING_KIND_HINT[kind]}>{FINDING_KIND_WORD[kind]}</Badge>;
}

/** Hidden by an ignore rule: never counted, always to be found. */
export function IgnoredBadge() {
  return (
    <StatusBadge tone="neutral" icon={ArchiveX} title="An ignore rule keeps this difference from counting">
      Ignored
    </StatusBadge>
  );
}

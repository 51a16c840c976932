import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  History,
  type LucideIcon,
  OctagonAlert,
  RotateCcw,
} from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { DeploymentState } from "#lib/releases/model.ts";

const LOOK: Readonly<Record<DeploymentState, { tone: Tone; icon: LucideIcon; label: string; title: string }>> = {
  pending: { tone: "info", icon: CircleDashed, label: "Unverified", title: "Deployed; nobody has yet seen it running" },
  verified: { tone: "ok", icon: CircleCheck, label: "Verified", title: "Its digest was seen running" },
  partial: { tone: "warn", icon: CircleSlash, label: "Partial", title: "Some runtimes run it, others do not" },
  failed: { tone: "danger", icon: OctagonAlert, label: "Failed", title: "Something else was seen running" },
  superseded: { tone: "neutral", icon: History, label: "Superseded", title: "A newer deployment took its place" },
  rolled_back: { tone: "warn", icon: RotateCcw, label: "Rolled back", title: "An earlier snapshot was deployed again" },
};

/** The word for a state, as its badge has it. */
export function deploymentStateInWords(state: DeploymentState): string {
  return LOOK[state].label;
}

/** A deployment's state as an icon and a word. */
export function DeploymentStateBadge({ state }: { readonly state: DeploymentState }) {
  const { tone, icon, label, title } = LOOK[state];
  return (
    <StatusBadge tone={tone} icon={icon} title={title}>
      {label}
    </StatusBadge>
  );
}

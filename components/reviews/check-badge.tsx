import { CircleCheck, Clock3, type LucideIcon, OctagonAlert, ShieldOff, TriangleAlert } from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { CheckStatus } from "#lib/gates/model.ts";

type Look = { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon };

const LOOK: Readonly<Record<CheckStatus, Look>> = {
  passed: { word: "Passed", tone: "ok", icon: CircleCheck },
  failed: { word: "Failed", tone: "danger", icon: OctagonAlert },
  pending: { word: "Pending", tone: "info", icon: Clock3 },
  waived: { word: "Set aside", tone: "warn", icon: ShieldOff },
};

/** What a check says. One that fails but does not block is a warning. */
export function CheckBadge({ status, isBlocking }: { readonly status: CheckStatus; readonly isBlocking: boolean }) {
  if (status === "failed" && !isBlocking) {
    return (
      <StatusBadge tone="warn" icon={TriangleAlert}>
        Advises
      </StatusBadge>
    );
  }
  const { word, tone, icon } = LOOK[status];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}

import { CirclePause, Factory, Lock, LockOpen } from "lucide-react";
import { RISK_TIER_TONE, RISK_TIER_WORD } from "#components/systems/words.ts";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import type { RiskTier } from "#lib/systems/model.ts";

export function RiskTierBadge({ tier }: { readonly tier: RiskTier }) {
  return <StatusBadge tone={RISK_TIER_TONE[tier]}>{RISK_TIER_WORD[tier]}</StatusBadge>;
}

export function ProtectionBadge({ isProtected }: { readonly isProtected: boolean }) {
  return isProtected ? (
    <StatusBadge tone="ok" icon={Lock} title="Its rules change only by change request">
      Protected
    </StatusBadge>
  ) : (
    <StatusBadge tone="warn" icon={LockOpen} title="Its rules can be edited without review">
      Not protected
    </StatusBadge>
  );
}

export function HoldBadge({ reason }: { readonly reason: string }) {
  return (
    <StatusBadge tone="warn" icon={CirclePause} title={reason}>
      On hold
    </StatusBadge>
  );
}

/** The last stage of a pipeline carries a fixed marker wherever it is named. */
export function EnvironmentBadge({ name, isLast }: { readonly name: string; readonly isLast: boolean }) {
  if (!isLast) return <Badge>{name}</Badge>;
  return (
    <Badge tone="danger">
      <Factory aria-hidden />
      {name}
    </Badge>
  );
}

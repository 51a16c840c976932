import {
  ChevronDown,
  ChevronsUp,
  ChevronUp,
  Cpu,
  Equal,
  type LucideIcon,
  MessageSquareText,
  Minus,
  Pencil,
  Plus,
  ShieldMinus,
  ShieldPlus,
} from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { ChangeMeaning } from "#lib/bundles/model.ts";
import type { Risk } from "#lib/systems/model.ts";

type Look = { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon };

const MEANING: Readonly<Record<ChangeMeaning, Look>> = {
  added: { word: "Added", tone: "info", icon: Plus },
  removed: { word: "Removed", tone: "warn", icon: Minus },
  changed: { word: "Changed", tone: "neutral", icon: Pencil },
  relaxed: { word: "Relaxed", tone: "warn", icon: ShieldMinus },
  tightened: { word: "Tightened", tone: "ok", icon: ShieldPlus },
  prompt: { word: "Prompt", tone: "accent", icon: MessageSquareText },
  model: { word: "Model", tone: "accent", icon: Cpu },
};

const RISK: Readonly<Record<Risk, Look>> = {
  low: { word: "Low", tone: "neutral", icon: ChevronDown },
  medium: { word: "Medium", tone: "info", icon: Equal },
  high: { word: "High", tone: "warn", icon: ChevronUp },
  critical: { word: "Critical", tone: "danger", icon: ChevronsUp },
};

export function MeaningBadge({ meaning }: { readonly meaning: ChangeMeaning }) {
  const { word, tone, icon } = MEANING[meaning];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}

export function RiskBadge({ risk, suffix = "" }: { readonly risk: Risk; readonly suffix?: string }) {
  const { word, tone, icon } = RISK[risk];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
      {suffix}
    </StatusBadge>
  );
}

import { Check, CircleAlert, CircleDashed, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";
import { TONE_CLASS, type Tone } from "#components/ui/tone.ts";

/** A word that classifies: an environment, a kind, a label. */
export function Badge({
  tone = "neutral",
  mono = false,
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly mono?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex max-w-full items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap [&>svg]:size-3.5 [&>svg]:shrink-0",
        mono && "font-mono font-normal",
        TONE_CLASS[tone],
      )}
    >
      {children}
    </span>
  );
}

const ICON: Readonly<Record<Tone, LucideIcon>> = {
  ok: Check,
  info: Info,
  warn: TriangleAlert,
  danger: OctagonAlert,
  neutral: CircleDashed,
  accent: CircleAlert,
};

/** A state: always an icon and a word, never a colour alone. */
export function StatusBadge({
  tone,
  icon: Icon = ICON[tone],
  title,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: LucideIcon;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <Badge tone={tone} title={title}>
      <Icon aria-hidden />
      {children}
    </Badge>
  );
}

/** How many; nothing at all for none. */
export function CountBadge({
  count,
  label,
  tone = "accent",
}: {
  readonly count: number;
  readonly label?: string;
  readonly tone?: Tone;
}) {
  if (count === 0) return null;
  return (
    <span
      className={cx(
        "inline-flex min-w-5 justify-center rounded-full border px-1.5 text-xs font-medium tabular-nums",
        TONE_CLASS[tone],
      )}
    >
      {count > 999 ? "999+" : count}
      {label ? <span className="sr-only"> {label}</span> : null}
    </span>
  );
}

import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx.ts";
import { TONE_CLASS } from "#components/ui/tone.ts";

type CalloutTone = "info" | "ok" | "warn" | "danger";

const ICON: Readonly<Record<CalloutTone, LucideIcon>> = {
  info: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

/** Something that must be read before going on: what it is, and what to do about it. */
export function Callout({
  tone = "info",
  title,
  children,
  actions,
  announce = false,
}: {
  readonly tone?: CalloutTone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** It appeared in answer to something the person did, so it is read out. */
  readonly announce?: boolean;
}) {
  const Icon = ICON[tone];
  return (
    <div
      role={announce ? (tone === "danger" ? "alert" : "status") : undefined}
      className={cx("flex gap-2.5 rounded-lg border px-3.5 py-2.5 text-sm", TONE_CLASS[tone])}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 grow flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64">
          {title ? <p className="font-semibold">{title}</p> : null}
          {children ? <div className="text-text">{children}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}

import { Inbox, Lock, type LucideIcon, SearchX } from "lucide-react";
import type { ReactNode } from "react";

/** none: nothing was made yet · filtered: something is there, the filter hides it · denied: this person may not see it */
type EmptyReason = "none" | "filtered" | "denied";

const ICON: Readonly<Record<EmptyReason, LucideIcon>> = { none: Inbox, filtered: SearchX, denied: Lock };

/** Says what belongs here, why it is empty, and what to do next. */
export function EmptyState({
  title,
  reason = "none",
  icon: Icon = ICON[reason],
  children,
  action,
  level = 2,
}: {
  readonly title: string;
  readonly reason?: EmptyReason;
  readonly icon?: LucideIcon;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly level?: 1 | 2 | 3;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <Icon aria-hidden className="mb-3 size-6 text-muted" strokeWidth={1.5} />
      <Heading className="text-base font-semibold text-balance">{title}</Heading>
      {children ? <div className="mt-1 max-w-prose text-sm text-pretty text-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

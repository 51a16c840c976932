import type { ReactNode } from "react";

/** One number that somebody asks for, with what it rests on. */
export function Figure({
  title,
  value,
  children,
}: {
  readonly title: string;
  /** Null: there is nothing to measure yet. */
  readonly value: ReactNode | null;
  /** What the number means and how many things it is made of; or why there is none. */
  readonly children: ReactNode;
}) {
  return (
    <div className="rounded-lg border border-border bg-surface px-4 py-3">
      <dt className="text-sm text-muted">{title}</dt>
      <dd>
        <p className="min-h-8 text-xl font-semibold tracking-tight tabular-nums">
          {value ?? <span className="text-base font-normal text-muted">nothing to measure</span>}
        </p>
        <p className="text-xs text-muted">{children}</p>
      </dd>
    </div>
  );
}

import type { ReactNode } from "react";

/** A picture with a name, and below it the same as a table for whoever does not look at pictures. */
export function ChartFrame({
  label,
  legend,
  table,
  children,
}: {
  /** What the picture shows, in a sentence. */
  readonly label: string;
  readonly legend?: ReactNode;
  readonly table: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <figure className="min-w-0">
      {legend ? (
        <figcaption className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-3 text-xs text-muted">{legend}</figcaption>
      ) : null}
      <div role="img" aria-label={label} className="px-2 pt-2">
        {children}
      </div>
      <details className="border-t border-border text-sm">
        <summary className="tap px-4 py-2 text-muted hover:text-text">The same as a table</summary>
        {table}
      </details>
    </figure>
  );
}

/** The name of a line, with a piece of it. */
export function LegendLine({
  stroke,
  dash,
  width,
  children,
}: {
  readonly stroke: string;
  readonly dash: string;
  readonly width: number;
  readonly children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden width="24" height="8" viewBox="0 0 24 8">
        <line x1="0" y1="4" x2="24" y2="4" stroke={stroke} strokeDasharray={dash} strokeWidth={width} />
      </svg>
      {children}
    </span>
  );
}

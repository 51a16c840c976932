import { cx } from "#components/ui/cx.ts";

/** How far something is, in words and as a bar. */
export function Progress({
  value,
  max,
  label,
  showValue = true,
}: {
  readonly value: number;
  readonly max: number;
  readonly label: string;
  readonly showValue?: boolean;
}) {
  const percent = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <div className="flex items-center gap-3 text-sm text-muted">
      <span>{label}</span>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max}
        className="h-1.5 min-w-24 grow overflow-hidden rounded-full bg-border"
      >
        <div
          className={cx("h-full rounded-full", percent >= 100 ? "bg-ok-fg" : "bg-accent")}
          style={{ width: `${percent}%` }}
        />
      </div>
      {showValue ? (
        <span className="tabular-nums">
          {value} of {max}
        </span>
      ) : null}
    </div>
  );
}

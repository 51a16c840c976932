import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import { cx } from "#components/ui/cx.ts";
import { TONE_TEXT } from "#components/ui/tone.ts";

/** The sum of relaxations against what the catalogue allows, in words and as a bar. */
export function RelaxationMeter({
  relaxed,
  limit,
  unit,
}: {
  readonly relaxed: number | null;
  readonly limit: number | null;
  readonly unit: string | null;
}) {
  const units = unit === null ? "" : ` ${unit}`;
  if (relaxed === null) return <span className="text-xs text-muted">nothing to count from</span>;
  if (relaxed <= 0) {
    return (
      <span className="inline-flex items-center gap-1 text-xs text-muted">
        <CircleCheck aria-hidden className="size-3.5" />
        {relaxed === 0 ? "not relaxed" : `tightened by ${-relaxed}${units}`}
      </span>
    );
  }
  if (limit === null)
    return (
      <span className="text-xs">
        relaxed by {relaxed}
        {units}, no limit set
      </span>
    );
  const share = limit === 0 ? 1 : relaxed / limit;
  const isOver = relaxed > limit;
  const isNear = share >= 0.75;
  const Icon = isOver ? OctagonAlert : isNear ? TriangleAlert : null;
  return (
    <span className={cx("inline-grid gap-1 text-xs", isOver ? TONE_TEXT.danger : isNear ? TONE_TEXT.warn : null)}>
      <span className="inline-flex items-center gap-1 whitespace-nowrap">
        {Icon ? <Icon aria-hidden className="size-3.5" /> : null}
        relaxed by {relaxed} of {limit}
        {units}
        {isOver ? ": over" : ""}
      </span>
      <span aria-hidden className="block h-1 w-28 overflow-hidden rounded-full bg-border">
        <span
          className={cx("block h-full", isOver ? "bg-danger-fg" : isNear ? "bg-warn-fg" : "bg-accent")}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </span>
    </span>
  );
}

import { cx } from "#components/ui/cx.ts";
import { RelativeText } from "#components/ui/relative-text.tsx";
import { type Precision, utcTime } from "#components/ui/relative-time.ts";

/**
 * A moment. exact: UTC for evidence · relative: how long ago, the exact time on hover · both: exact, then relative.
 * On paper only the exact time is left. Hovering or focusing adds the person's local time (see LocalTimes). `now` is the server's, so that both sides render the same.
 */
export function Time({
  at,
  now,
  show = "exact",
  precision = "second",
  className,
}: {
  readonly at: Date;
  readonly precision?: Precision;
  readonly className?: string;
} & ({ readonly show?: "exact"; readonly now?: Date } | { readonly show: "relative" | "both"; readonly now: Date })) {
  const exact = utcTime(at, precision);
  return (
    <time
      dateTime={at.toISOString()}
      title={utcTime(at)}
      data-local-time=""
      data-show={show}
      className={cx("whitespace-nowrap tabular-nums", className)}
    >
      {show === "relative" ? null : exact}
      {show !== "exact" && now ? (
        <span data-relative="" className={cx(show === "both" && "text-muted")}>
          {show === "both" ? " · " : null}
          <RelativeText at={at} now={now} />
        </span>
      ) : null}
    </time>
  );
}

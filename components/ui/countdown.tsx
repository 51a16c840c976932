"use client";

import { Clock, ClockAlert, Hourglass, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import {
  COUNTS_SECONDS_BELOW,
  type CountdownPhase,
  countdownPhase,
  countdownText,
} from "#components/ui/countdown-text.ts";
import { cx } from "#components/ui/cx.ts";
import { utcTime } from "#components/ui/relative-time.ts";

const LOOK: Readonly<Record<CountdownPhase, { readonly icon: LucideIcon; readonly text: string }>> = {
  calm: { icon: Clock, text: "text-muted" },
  soon: { icon: Hourglass, text: "text-warn-fg font-medium" },
  over: { icon: ClockAlert, text: "text-danger-fg font-medium" },
};

const ANNOUNCED: Readonly<Record<CountdownPhase, string>> = {
  calm: "",
  soon: "is about to end",
  over: "is over",
};

/**
 * How much time is left, counted on from the server's `now`, so that a wrong clock on the reader's machine does not
 * matter: each minute, each second in the last five minutes. The moment itself is in the hint and, with `showsMoment`,
 * beside it. Assistive technology hears of it when it becomes urgent, not every minute.
 */
export function Countdown({
  until,
  now,
  from,
  label,
  showsMoment = false,
}: {
  readonly until: Date;
  readonly now: Date;
  /** When the time began, so that its last quarter can be told. */
  readonly from?: Date;
  /** What is counted down: "Hot-patch HP-3". */
  readonly label: string;
  readonly showsMoment?: boolean;
}) {
  const current = useServerClock(now, until);
  const phase = countdownPhase(until, current, from);
  const [first] = useState(phase);
  const { icon: Icon, text } = LOOK[phase];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <time
        dateTime={until.toISOString()}
        title={utcTime(until)}
        data-local-time=""
        className={cx("inline-flex items-center gap-1 whitespace-nowrap tabular-nums", text)}
      >
        <Icon aria-hidden className="size-3.5 shrink-0" />
        {countdownText(until, current)}
      </time>
      {showsMoment ? <span className="whitespace-nowrap text-muted">{utcTime(until, "minute")}</span> : null}
      <span role="status" className="sr-only">
        {phase === first ? "" : `${label} ${ANNOUNCED[phase]}`}
      </span>
    </span>
  );
}

/** The server's time as it goes on; the page is read again by whoever shows something else by then. */
function useServerClock(now: Date, until: Date): Date {
  const start = now.getTime();
  const end = until.getTime();
  const [current, setCurrent] = useState(start);
  useEffect(() => {
    const begun = performance.now();
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const at = start + performance.now() - begun;
      setCurrent(at);
      timer = setTimeout(tick, Math.abs(end - at) <= COUNTS_SECONDS_BELOW + 60_000 ? 1_000 : 60_000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [start, end]);
  return new Date(Math.max(current, start));
}

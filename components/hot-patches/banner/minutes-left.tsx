"use client";

import { useEffect, useState } from "react";
import { minutesLeftText } from "#components/ui/countdown-text.ts";
import { utcTime } from "#components/ui/relative-time.ts";

const TICK = 15_000;

/** How much time is left in whole minutes, counted on from the server's `now`. It is never announced. */
export function MinutesLeft({ until, now }: { readonly until: Date; readonly now: Date }) {
  const start = now.getTime();
  const [current, setCurrent] = useState(start);
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => setCurrent(start + performance.now() - begun), TICK);
    return () => clearInterval(timer);
  }, [start]);
  return (
    <time
      dateTime={until.toISOString()}
      title={utcTime(until)}
      data-local-time=""
      aria-live="off"
      className="shrink-0 whitespace-nowrap tabular-nums"
    >
      {minutesLeftText(until, new Date(Math.max(current, start)))}
    </time>
  );
}

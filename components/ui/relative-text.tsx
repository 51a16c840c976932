"use client";

import { useMemo, useSyncExternalStore } from "react";
import { relativeTime } from "#components/ui/relative-time.ts";

const MINUTE = 60_000;
const listeners = new Set<() => void>();
let minutes = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all the times on a page: it ticks once a minute, and only while someone listens. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minutes += 1;
    for (const each of listeners) each();
  }, MINUTE);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const elapsed = () => minutes;
const none = () => 0;

/** Counts on from the server's `now`, so that a wrong clock on the reader's machine does not matter. */
export function RelativeText({ at, now }: { readonly at: Date; readonly now: Date }) {
  const ticks = useSyncExternalStore(subscribe, elapsed, none);
  const start = now.getTime();
  const since = useMemo(() => ({ start, ticks: elapsed() }), [start]);
  return relativeTime(at, new Date(start + Math.max(0, ticks - since.ticks) * MINUTE));
}

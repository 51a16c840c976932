import { log } from "#lib/platform/log.ts";

export type Loop = {
  readonly name: string;
  /** Milliseconds until the next turn after one that found work, after one that found none, and at most after errors. */
  readonly pauses: { readonly busy: number; readonly idle: number; readonly trouble: number };
  /** Answers whether there was work. */
  readonly turn: () => Promise<boolean>;
  /** Ends what turns began, after the last one. */
  readonly end?: () => Promise<void>;
  /** Calls what it is given whenever there may be work, so that no pause has to be waited for; answers how to end that. */
  readonly wakes?: (wake: () => void) => () => Promise<void>;
};

/**
 * Takes turns until it is stopped. A turn that throws is an outage of something this process needs: it is logged, and
 * tried again after a pause that doubles up to the given one. Stopping waits for what is under way.
 */
export function startLoop({ name, pauses, turn, end, wakes }: Loop): () => Promise<void> {
  const ending = new AbortController();
  let waking = new AbortController();
  const sleep = wakes?.(() => waking.abort());
  const ended = (async () => {
    let trouble = 0;
    while (!ending.signal.aborted) {
      // Whatever is told from here on may have come too late for this turn.
      waking = new AbortController();
      const pause = await turn().then(
        (found) => {
          trouble = 0;
          return found ? pauses.busy : pauses.idle;
        },
        (error: unknown) => {
          trouble = Math.min(pauses.trouble, Math.max(pauses.idle, trouble * 2));
          log.error({ err: error, loop: name, retryInMs: trouble }, "background work failed");
          return trouble;
        },
      );
      await pauseFor(pause, trouble > 0 ? ending.signal : AbortSignal.any([ending.signal, waking.signal]));
    }
  })();
  return async () => {
    ending.abort();
    await sleep?.();
    await ended;
    await end?.();
  };
}

/** Waits so long, or until the signal says that it is over. */
export function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}

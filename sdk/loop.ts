/** Work that repeats itself, one run at a time. */
export type Loop = {
  /** Runs now, or once more right after the run that is under way; resolves when that is done. */
  readonly soon: () => Promise<void>;
  /** Runs after this many milliseconds instead of when it was due; nothing changes for a run under way. */
  readonly after: (ms: number) => void;
  readonly stop: () => void;
};

/** `work` says in how many milliseconds it wants to run again; null: when it is asked to. It must not throw. */
export function loopOf(work: () => Promise<number | null>, isUnref: boolean): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWantedAgain = false;
  let isStopped = false;

  function after(ms: number): void {
    clearTimeout(timer);
    if (isStopped || running) return;
    timer = setTimeout(() => void soon(), ms);
    if (isUnref) timer.unref();
  }

  async function run(): Promise<void> {
    let next: number | null;
    // Whoever asks from within the work finds this run under way.
    await Promise.resolve();
    do {
      isWantedAgain = false;
      next = await work();
    } while (isWantedAgain && !isStopped);
    running = undefined;
    if (next !== null) after(next);
  }

  function soon(): Promise<void> {
    clearTimeout(timer);
    if (isStopped) return Promise.resolve();
    isWantedAgain = running !== undefined;
    running ??= run();
    return running;
  }

  return {
    soon,
    after,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

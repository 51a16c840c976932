import { setTimeout as pause } from "node:timers/promises";

/** Work that repeats in the background. It is idempotent: any number of processes may run it. */
export type Job = { readonly name: string; readonly everyMs: number; readonly run: () => Promise<void> };

/** Every job of the system. */
const jobs: readonly Job[] = [];

async function repeat({ everyMs, run }: Job, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await run();
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Starts the jobs in this process. The answer stops them, and waits for what is being done. */
export async function startJobs(): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const running = jobs.map((job) => repeat(job, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}

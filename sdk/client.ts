import { fetchConfiguration } from "./configuration.ts";
import { farEnd as farEndOf } from "./far-end.ts";
import { holderOf } from "./holder.ts";
import { loopOf } from "./loop.ts";
import type { Current, Report, Restore } from "./model.ts";
import { backoff } from "./pacing.ts";
import { reporterOf } from "./reporter.ts";
import { type ConnectOptions, settingsOf } from "./settings.ts";
import { streamingOf } from "./streaming.ts";
import { troubleTeller } from "./troubles.ts";
import { type Values, valuesOf } from "./values.ts";

export type { Json, JsonObject } from "./json.ts";
export type { Current, Health, Report, Restore, ServedModel } from "./model.ts";
export type { ConnectOptions } from "./settings.ts";
export type { Trouble } from "./troubles.ts";

/** A program's line to Plumbline. Nothing of it throws; what goes wrong is told to `onError`. */
export type Client = Values & {
  readonly current: () => Current;
  /** Says what runs here. Repeated with every heartbeat until the next `report`; resolves when it was sent once. */
  readonly report: (report: Report) => Promise<void>;
  /** Asks now whether there is something new; resolves with what there is then. */
  readonly refresh: () => Promise<Current>;
  /** Says goodbye and stops. */
  readonly close: () => Promise<void>;
};

/** A fetch that missed what the stream told is repeated this often: another process may learn of it a moment later. */
const CATCH_UP_ATTEMPTS = 5;

/**
 * Connects a program to its configuration. Resolves when Plumbline answered or, where it does not, with the last good
 * copy on disk or with nothing; then it keeps trying in the background. Rejects with a `TypeError` for options that
 * make no sense, and never otherwise.
 */
export async function connect(options: ConnectOptions): Promise<Client> {
  const tell = troubleTeller(options.onError);
  const settings = settingsOf(options, tell);
  const farEnd = farEndOf(settings);
  const { pace, intervalMs } = settings;
  let failures = 0;
  let told: string | null = null;
  let toldNames: string | null = null;
  let catchUps = 0;
  let isClosed = false;
  let restoring: string | null = null;

  const holder = holderOf(settings, () => void reporter.soon());
  const reporter = reporterOf(farEnd, settings, holder.current, {
    served: (digest) => {
      if (digest !== holder.current().digest) void refresher.soon();
    },
    restore: (restore) => void restoreFor(restore),
  });
  const streaming = streamingOf(farEnd, settings, {
    configuration: ({ digest, names }) => {
      told = digest;
      catchUps = 0;
      // The first names that are told are those that `connect` has just fetched.
      const isRenamed = toldNames !== null && toldNames !== names;
      toldNames = names;
      const { digest: here, source } = holder.current();
      if (digest !== here || isRenamed || source === "disk") void refresher.soon();
    },
    restore: (restore) => void restoreFor(restore),
    // Not all at the same moment: every runtime's stream goes down when Plumbline restarts.
    down: () => refresher.after(backoff(pace, 1)),
  });

  async function refresh(): Promise<number | null> {
    const held = farEnd.heldMs();
    if (held > 0) return held;
    const { document, digest, bundle } = holder.current();
    const fetched = await fetchConfiguration(farEnd, settings.bundle, document === null ? null : { digest, bundle });
    if (isClosed) return null;
    if (fetched.kind === "failed") {
      failures += 1;
      tell.begin({ place: "configuration", message: fetched.message });
      return Math.max(farEnd.heldMs(), backoff(pace, failures));
    }
    failures = 0;
    tell.end("configuration");
    await (fetched.kind === "new" ? holder.take(fetched.copy) : holder.confirm(fetched.names));
    if (told !== null && told !== holder.current().digest && catchUps < CATCH_UP_ATTEMPTS) {
      catchUps += 1;
      return backoff(pace, catchUps);
    }
    return streaming.isAlive() ? null : Math.round(intervalMs * (0.9 + 0.2 * Math.random()));
  }

  const refresher = loopOf(refresh, settings.isUnref);

  /** Without a host's own way, a program that runs what it is given is restored by running it. */
  async function follow({ target }: Restore): Promise<boolean> {
    if (holder.current().digest !== target) await refresher.soon();
    return reporter.observedDigest() === target;
  }

  async function restoreFor(restore: Restore): Promise<void> {
    if (restoring === restore.id || isClosed) return;
    restoring = restore.id;
    try {
      const isDone = await (settings.onRestore ?? follow)(restore);
      if (isDone) void reporter.restored(restore.id);
      tell.end("callback");
    } catch (cause) {
      tell.begin({ place: "callback", message: `onRestore threw: ${String(cause)}`, cause });
    } finally {
      restoring = null;
    }
  }

  await holder.load();
  await refresher.soon();
  holder.announce();
  if (settings.isStreaming) streaming.start();
  void reporter.soon();

  return {
    ...valuesOf(holder.current, tell),
    current: holder.current,
    report: reporter.tell,
    refresh: async () => {
      await refresher.soon();
      return holder.current();
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      refresher.stop();
      streaming.stop();
      await reporter.stop();
    },
  };
}

import type { Db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";
import { environmentLater, loadEnvironment } from "./load.ts";
import type { ServedEnvironment } from "./served.ts";

/** Hears of an environment whenever anything that its runtimes are given may have changed. */
type OnChange = (environment: ServedEnvironment) => void;

/** What runtimes are given, held in memory: only the first request for an environment waits for the database. */
export type DeliveryMemory = {
  /** As it is at this moment; a patch that has ended is not in it, whether or not anybody took it back. */
  readonly environment: (environmentId: string) => Promise<ServedEnvironment>;
  /** The same at once, if it is in memory. */
  readonly known: (environmentId: string) => ServedEnvironment | null;
  /** Calls at every change until it is told to stop; the environment stays in memory for as long. */
  readonly follow: (environmentId: string, onChange: OnChange) => () => void;
  /** Reads it again now. Resolves when that is done, or has failed. */
  readonly refresh: (environmentId: string) => Promise<void>;
  /** Takes in a notice of the channel `plumbline_delivery`: an environment's id, or null for "any of them". */
  readonly onNotice: (payload: string | null) => void;
  readonly stop: () => void;
};

type Entry = {
  readonly environmentId: string;
  readonly followers: Set<OnChange>;
  held: ServedEnvironment | null;
  /** The reading under way, and whether something was told since it began. */
  reading: Promise<void> | null;
  isOutdated: boolean;
  ending: NodeJS.Timeout | undefined;
  retry: NodeJS.Timeout | undefined;
  retryInMs: number;
  usedAt: number;
};

const limits = {
  /** Bodies held, over all environments; beyond, those are let go that nobody follows and that were not used for longest. */
  bytes: 256 * 1_024 * 1_024,
  environments: 2_000,
  /** Read again at least so often, should a notice ever get lost. */
  rereadMs: 60_000,
  unusedMs: 3_600_000,
  readMs: 10_000,
  retryMs: { first: 500, longest: 30_000 },
  /** What a timer can hold: https://nodejs.org/api/timers.html */
  timerMs: 2_147_483_647,
} as const;

export function deliveryMemory(db: Db, clock: () => Date): DeliveryMemory {
  const entries = new Map<string, Entry>();

  function entryOf(environmentId: string): Entry {
    const known = entries.get(environmentId);
    if (known) return known;
    const entry: Entry = {
      environmentId,
      followers: new Set(),
      held: null,
      reading: null,
      isOutdated: false,
      ending: undefined,
      retry: undefined,
      retryInMs: limits.retryMs.first,
      usedAt: Date.now(),
    };
    entries.set(environmentId, entry);
    return entry;
  }

  function put(entry: Entry, next: ServedEnvironment): void {
    const isChanged = entry.held !== next;
    entry.held = next;
    clearTimeout(entry.ending);
    const { validUntil } = next;
    const left = validUntil ? validUntil.getTime() - clock().getTime() : limits.timerMs;
    if (validUntil) entry.ending = setTimeout(() => passTime(entry), Math.min(Math.max(left, 0) + 1, limits.timerMs));
    entry.ending?.unref();
    if (isChanged) for (const tell of entry.followers) tell(next);
  }

  function present(entry: Entry, held: ServedEnvironment): ServedEnvironment {
    if (held.validUntil && clock() >= held.validUntil) passTime(entry);
    return entry.held ?? held;
  }

  function passTime(entry: Entry): void {
    if (entry.held) put(entry, environmentLater(entry.held, clock()));
  }

  function read(entry: Entry): Promise<void> {
    if (entry.reading) {
      entry.isOutdated = true;
      return entry.reading;
    }
    clearTimeout(entry.retry);
    entry.reading = readUntilCurrent(entry).finally(() => {
      entry.reading = null;
    });
    return entry.reading;
  }

  async function readUntilCurrent(entry: Entry): Promise<void> {
    do {
      entry.isOutdated = false;
      const next = await within(
        limits.readMs,
        loadEnvironment(db, entry.environmentId, { before: entry.held, now: clock() }),
      );
      entry.retryInMs = limits.retryMs.first;
      if (next) put(entry, next);
      else entries.delete(entry.environmentId);
    } while (entry.isOutdated);
  }

  /** What is held stays; it is tried again until it works, or until nobody needs it. */
  async function refresh(entry: Entry): Promise<void> {
    try {
      await read(entry);
      letGo();
    } catch (error) {
      log.warn({ err: error, environmentId: entry.environmentId }, "what is served could not be read again");
      clearTimeout(entry.retry);
      entry.retry = setTimeout(() => void refresh(entry), entry.retryInMs).unref();
      entry.retryInMs = Math.min(limits.retryMs.longest, entry.retryInMs * 2);
    }
  }

  function drop(entry: Entry): void {
    clearTimeout(entry.ending);
    clearTimeout(entry.retry);
    entries.delete(entry.environmentId);
  }

  /** Those that nobody follows, the longest unused first, until the rest fits. */
  function letGo(): void {
    const idle = [...entries.values()].filter(({ followers, reading }) => followers.size === 0 && !reading);
    let bytes = [...entries.values()].reduce((sum, { held }) => sum + bytesOf(held), 0);
    for (const entry of idle.sort((a, b) => a.usedAt - b.usedAt)) {
      const isTooMuch = bytes > limits.bytes || entries.size > limits.environments;
      if (!isTooMuch && Date.now() - entry.usedAt < limits.unusedMs) return;
      bytes -= bytesOf(entry.held);
      drop(entry);
    }
  }

  let isRereading = false;
  async function rereadAll(): Promise<void> {
    letGo();
    // Where the database does not answer, one round may take longer than it is until the next.
    if (isRereading) return;
    isRereading = true;
    for (const entry of [...entries.values()]) await refresh(entry);
    isRereading = false;
  }
  const rereading = setInterval(() => void rereadAll(), limits.rereadMs).unref();

  return {
    environment: async (environmentId) => {
      const entry = entryOf(environmentId);
      entry.usedAt = Date.now();
      if (!entry.held) {
        await (entry.reading ?? read(entry));
        letGo();
      }
      if (!entry.held) throw new Error(`The environment ${environmentId} does not exist`);
      return present(entry, entry.held);
    },
    known: (environmentId) => {
      const entry = entries.get(environmentId);
      if (!entry?.held) return null;
      entry.usedAt = Date.now();
      return present(entry, entry.held);
    },
    follow: (environmentId, onChange) => {
      const entry = entryOf(environmentId);
      entry.followers.add(onChange);
      return () => {
        entry.followers.delete(onChange);
        entry.usedAt = Date.now();
      };
    },
    refresh: async (environmentId) => {
      const entry = entries.get(environmentId);
      if (entry) await refresh(entry);
    },
    onNotice: (payload) => {
      const told = payload ? [entries.get(payload)] : entries.values();
      for (const entry of told) if (entry) void refresh(entry);
    },
    stop: () => {
      clearInterval(rereading);
      for (const entry of [...entries.values()]) drop(entry);
    },
  };
}

/** About what an environment takes: its text, what was compressed, and the values that it was read into. */
function bytesOf(held: ServedEnvironment | null): number {
  const bodies = held?.bundles.map(({ served }) => served?.representations.identity.body.length ?? 0) ?? [];
  return bodies.reduce((sum, bytes) => sum + bytes * 6, 4_096);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("The database does not answer")), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

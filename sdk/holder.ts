import { keepCopy, readCopy } from "./last-good.ts";
import { type Copy, type Current, type Names, NO_NAMES } from "./model.ts";
import type { Settings } from "./settings.ts";

/** What the program runs at this moment, and how it comes to be another. */
export type Holder = {
  readonly current: () => Current;
  readonly load: () => Promise<void>;
  /** Takes a checked configuration into use and keeps it on disk; resolves when both are done. Never throws. */
  readonly take: (copy: Copy) => Promise<void>;
  /** Plumbline confirmed what is here, perhaps under new names. */
  readonly confirm: (names: Partial<Names>) => Promise<void>;
  /** From now on the host program is told of changes. */
  readonly announce: () => void;
};

export function holderOf(settings: Settings, changed: () => void): Holder {
  const { cacheFile, tell, url, bundle } = settings;
  let current: Current = { ...NO_NAMES, document: null, digest: null, source: "none", since: null };
  let isAnnouncing = false;

  async function keep(copy: Copy): Promise<void> {
    if (cacheFile === undefined) return;
    try {
      await keepCopy(cacheFile, { url, bundle }, copy);
      tell.end("disk");
    } catch (cause) {
      const message = `The last good copy cannot be kept: ${cause instanceof Error ? cause.message : String(cause)}`;
      tell.begin({ place: "disk", message, cause });
    }
  }

  function announce(previous: Current): void {
    if (!isAnnouncing) return;
    changed();
    try {
      settings.onChange?.(current, previous);
      tell.end("callback");
    } catch (cause) {
      tell.begin({ place: "callback", message: `onChange threw: ${String(cause)}`, cause });
    }
  }

  return {
    current: () => current,
    announce: () => {
      isAnnouncing = true;
    },
    load: async () => {
      if (cacheFile === undefined) return;
      const kept = await readCopy(cacheFile, { url, bundle });
      if (kept === null) return;
      if ("damage" in kept) tell.begin({ place: "disk", message: kept.damage });
      else current = { ...kept.copy, source: "disk", since: settings.now() };
    },
    take: async (copy) => {
      const previous = current;
      const since = previous.digest === copy.digest ? previous.since : settings.now();
      current = { ...copy, source: "network", since };
      // On disk before the program is told: what it acted on is what it finds after a crash.
      await keep(copy);
      if (previous.digest !== copy.digest) announce(previous);
    },
    confirm: async (names) => {
      if (current.document === null) return;
      const previous = current;
      const { since, source, ...copy } = current;
      current = { ...copy, ...names, source: "network", since };
      if (source === "disk" || isRenamed(previous, current)) await keep(current);
    },
  };
}

function isRenamed(before: Names, after: Names): boolean {
  return (
    before.version !== after.version ||
    before.snapshot !== after.snapshot ||
    before.hotPatches.join() !== after.hotPatches.join() ||
    before.validUntil?.getTime() !== after.validUntil?.getTime()
  );
}

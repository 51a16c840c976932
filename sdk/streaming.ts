import { canonicalJson } from "./canonical.ts";
import { bundleQuery, isDigest } from "./configuration.ts";
import { eventParser, type StreamEvent } from "./event-stream.ts";
import type { FarEnd } from "./far-end.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { loopOf } from "./loop.ts";
import type { Restore } from "./model.ts";
import { backoff } from "./pacing.ts";
import { restoreIn } from "./reporter.ts";
import type { Settings } from "./settings.ts";

export type Streaming = {
  /** Whether changes will be told: there was a sign of life since it was opened. */
  readonly isAlive: () => boolean;
  readonly start: () => void;
  readonly stop: () => void;
};

/** What a stream says is served; `names`: all that it says, so that other names of the same content show. */
export type ToldConfiguration = { readonly digest: string; readonly names: string };

export type Told = {
  readonly configuration: (told: ToldConfiguration) => void;
  readonly restore: (restore: Restore) => void;
  /** The stream is down: whatever changed meanwhile was not told. */
  readonly down: () => void;
};

/** Keeps a stream open, and opens it again whenever it ends, breaks off, or falls silent. */
export function streamingOf(farEnd: FarEnd, settings: Settings, told: Told): Streaming {
  const { pace, tell } = settings;
  let isAlive = false;
  let failures = 0;
  let given = new AbortController();
  let isStopped = false;

  function heed({ event, data }: StreamEvent): void {
    const value = objectIn(data);
    if (event === "configuration" && isDigest(value?.digest)) {
      told.configuration({ digest: value.digest, names: canonicalJson(value) });
    }
    const restore = event === "restore" && value ? restoreIn(value) : null;
    if (restore) told.restore(restore);
  }

  async function once(): Promise<string> {
    given = new AbortController();
    const opened = given;
    const parse = eventParser();
    let isSilent = false;
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isSilent = true;
        opened.abort();
      }, pace.silenceMs);
      if (settings.isUnref) timer.unref();
    };
    wait();
    const end = await farEnd.listen(
      `/runtime/v1/stream${bundleQuery(settings.bundle)}`,
      (text) => {
        wait();
        isAlive = true;
        failures = 0;
        tell.end("stream");
        for (const event of parse(text)) heed(event);
      },
      opened.signal,
    );
    clearTimeout(timer);
    return isSilent ? `Nothing was heard for ${pace.silenceMs} ms` : end;
  }

  async function work(): Promise<number | null> {
    const held = farEnd.heldMs();
    if (held > 0) return held;
    const end = await once();
    if (isStopped) return null;
    const wasAlive = isAlive;
    isAlive = false;
    failures += 1;
    tell.begin({ place: "stream", message: `${end}; polling until it is back` });
    if (wasAlive) told.down();
    return Math.max(farEnd.heldMs(), backoff(pace, failures));
  }

  const loop = loopOf(work, settings.isUnref);
  return {
    isAlive: () => isAlive,
    start: () => void loop.soon(),
    stop: () => {
      isStopped = true;
      loop.stop();
      given.abort();
    },
  };
}

function objectIn(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

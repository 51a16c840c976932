import type { ServerResponse } from "node:http";
import { Refusal } from "#lib/kernel/refusal.ts";

/** An open answer of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export type Stream = {
  readonly send: (frames: string) => void;
  readonly end: () => void;
};

export type Opening = {
  readonly response: ServerResponse;
  readonly headers?: Readonly<Record<string, string>>;
  /** Asked every second: whether whoever listens may go on. */
  readonly mayGoOn: () => boolean;
  /** Called once, however it ends, and not before `open` has answered. */
  readonly onEnd: () => void;
};

/** Every stream of this process: their heartbeat, their ends, and what slow readers may cost. */
export type Streams = {
  /** @throws Refusal `too_many` */
  readonly open: (opening: Opening) => Stream;
  readonly count: () => number;
  /** Ends those that may not go on. */
  readonly look: () => void;
  readonly stop: () => void;
};

type Open = Stream & { readonly response: ServerResponse; readonly mayGoOn: () => boolean; isBehind: boolean };

export const HEARTBEAT_MS = 15_000;
const LOOK_MS = 1_000;
const MOST_STREAMS = 20_000;
/** Bytes that may wait for a reader; whoever is further behind is dropped, and reads the present when it comes again. */
const MOST_WAITING = 64 * 1_024;
/** Clients come again after this many milliseconds. */
const RETRY_MS = 2_000;

export function openStreams(heartbeatMs = HEARTBEAT_MS): Streams {
  const open = new Set<Open>();
  let isStopped = false;

  function start({ response, headers, mayGoOn, onEnd }: Opening): Stream {
    if (isStopped || open.size >= MOST_STREAMS)
      throw new Refusal("too_many", "Too many streams are open here; poll meanwhile");
    const stream: Open = {
      response,
      mayGoOn,
      isBehind: false,
      send: (frames) => {
        if (response.writableEnded || response.destroyed) return;
        response.write(frames);
        if (response.writableLength > MOST_WAITING) response.destroy();
      },
      end: () => response.end(),
    };
    if (response.destroyed) {
      // Who left while it was looked up what they may have left without a trace: nothing will say so again.
      setImmediate(onEnd);
      return stream;
    }
    response.writeHead(200, {
      ...headers,
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store, no-transform",
      // Else some proxies collect what should go out at once.
      "X-Accel-Buffering": "no",
      Connection: "close",
    });
    // A reader that is gone is no fault of ours; its close is all that matters.
    response.on("error", () => undefined);
    response.on("close", () => {
      open.delete(stream);
      onEnd();
    });
    open.add(stream);
    stream.send(`retry: ${RETRY_MS}\n\n`);
    return stream;
  }

  /** A reader that has taken nothing since the last heartbeat is gone, or as good as gone. */
  function beat(): void {
    for (const stream of open) {
      if (stream.isBehind && stream.response.writableLength > 0) stream.response.destroy();
      else stream.send(": keep-alive\n\n");
      stream.isBehind = stream.response.writableLength > 0;
    }
  }

  function look(): void {
    for (const stream of open) if (!stream.mayGoOn()) stream.end();
  }

  const timers = [setInterval(beat, heartbeatMs).unref(), setInterval(look, LOOK_MS).unref()];
  return {
    open: start,
    count: () => open.size,
    look,
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearInterval(timer);
      for (const stream of open) stream.end();
    },
  };
}

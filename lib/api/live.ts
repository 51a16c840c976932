import { readableSystems } from "#lib/access/may.ts";
import { arrivalOf } from "#lib/accounts/cookie.ts";
import type { SessionClaims } from "#lib/accounts/model.ts";
import { peekAtSession } from "#lib/accounts/session-actor.ts";
import { type BoardEvent, hasChangedSince, hearBoardEvents } from "#lib/api/board-events.ts";
import { claimsOf } from "#lib/api/caller.ts";
import { refusalResponse } from "#lib/api/problem.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { log } from "#lib/platform/log.ts";

/** Milliseconds between signs of life; at each it is asked whether the session still holds. */
const KEEP_ALIVE = 15_000;
/** Streams of one person in this process: a window keeps one for the page that is seen. */
const MOST_STREAMS = 8;
/** Answers that a reader has not taken yet; one that takes none any more is let go. */
const MOST_UNREAD = 64;
/** A page is rendered a little after what it shows was read. */
const READING = 2_000;

declare global {
  /** How to end each stream, by whose it is. One for the process, however many module graphs load this file. */
  var plumblineStreams: Map<string, Set<() => void>> | undefined;
}

function streams(): Map<string, Set<() => void>> {
  globalThis.plumblineStreams ??= new Map();
  return globalThis.plumblineStreams;
}

/** Ends every stream of this process, because it stops; pages look for another one. */
export function endLiveStreams(): void {
  for (const ends of [...streams().values()]) for (const end of [...ends]) end();
}

type Watcher = {
  readonly claims: SessionClaims;
  readonly personId: string;
  /** Ids; null: every system. */
  readonly systems: readonly string[] | null;
  /** When the page that is shown was made, in milliseconds since 1970. */
  readonly since: number;
};

/**
 * Tells a signed-in person's pages that what they show has changed, as server-sent events: `board` with the environment
 * and its system, for the systems that they may read. `?since=` (milliseconds since 1970) tells at once whether anything
 * has changed after that moment. Ends with the session.
 */
export async function liveUpdates(request: Request): Promise<Response> {
  const arrival = arrivalOf(request.headers, "browser");
  const url = new URL(request.url);
  try {
    const claims = await claimsOf(request);
    const session = claims && (await peekAtSession(claims));
    if (!claims || !session) throw new Refusal("unauthenticated", "Sign in to follow what changes");
    const personId = session.actor.id;
    if ((streams().get(personId)?.size ?? 0) >= MOST_STREAMS) {
      throw new Refusal("too_many", `You follow ${MOST_STREAMS} pages already; this one is refreshed now and then`);
    }
    const since = Number(url.searchParams.get("since") ?? Number.NaN);
    return new Response(
      streamTo({ claims, personId, systems: readableSystems(session.actor), since }, request.signal),
      {
        headers: {
          "Content-Type": "text/event-stream",
          // Without this, what stands in between may wait for more before it passes anything on.
          "Cache-Control": "no-cache, no-transform",
          "X-Accel-Buffering": "no",
        },
      },
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalResponse(error, { instance: url.pathname, requestId: arrival.requestId ?? "" });
  }
}

function streamTo(watcher: Watcher, gone: AbortSignal): ReadableStream<Uint8Array> {
  const { claims, personId, since } = watcher;
  let { systems } = watcher;
  let end = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const encoder = new TextEncoder();
        let isOver = false;
        const write = (text: string) => {
          if (isOver) return;
          if ((controller.desiredSize ?? 0) <= 0) end();
          else controller.enqueue(encoder.encode(text));
        };
        const show = (event: BoardEvent) => {
          if (event === null) write("event: board\ndata: {}\n\n");
          else if (systems === null || systems.includes(event.systemId)) {
            write(`event: board\ndata: ${JSON.stringify(event)}\n\n`);
          }
        };
        const stopHearing = hearBoardEvents(show);
        const timer = setInterval(async () => {
          const session = await peekAtSession(claims).catch((error: unknown) => {
            // As long as nobody can say, nothing is told either.
            log.warn({ err: error }, "whether a session holds is not known");
            return null;
          });
          if (session === null) return end();
          systems = readableSystems(session.actor);
          write(": keep-alive\n\n");
        }, KEEP_ALIVE);
        end = () => {
          if (isOver) return;
          isOver = true;
          clearInterval(timer);
          stopHearing();
          forget(personId, end);
          gone.removeEventListener("abort", end);
          controller.close();
        };
        remember(personId, end);
        gone.addEventListener("abort", end);
        if (gone.aborted) return end();
        write("retry: 3000\n\n");
        if (!Number.isNaN(since) && hasChangedSince(since - READING, systems)) show(null);
      },
      cancel: () => end(),
    },
    { highWaterMark: MOST_UNREAD },
  );
}

function remember(personId: string, end: () => void): void {
  const ends = streams().get(personId) ?? new Set();
  streams().set(personId, ends.add(end));
}

function forget(personId: string, end: () => void): void {
  const ends = streams().get(personId);
  ends?.delete(end);
  if (ends?.size === 0) streams().delete(personId);
}

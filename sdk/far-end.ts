import { retryAfterMs } from "./pacing.ts";
import type { Settings } from "./settings.ts";

/** A whole answer, or why there is none. */
export type Answer =
  | { readonly kind: "answer"; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: "failed"; readonly message: string };

export type Asked = { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** What is said with Plumbline, whatever lies between. None of it throws. */
export type FarEnd = {
  /** One request with a limit on its time and on its answer's size. */
  readonly ask: (path: string, asked?: Asked) => Promise<Answer>;
  /** Opens a stream and gives its text as it comes; resolves with why it ended. */
  readonly listen: (path: string, on: (text: string) => void, signal: AbortSignal) => Promise<string>;
  /** Milliseconds for which the server asked to be left alone. */
  readonly heldMs: () => number;
  /** Gives up whatever is under way. */
  readonly abandon: () => void;
};

const LONGEST_BODY = 8 * 1_048_576;

export function farEnd(settings: Settings): FarEnd {
  // By the clock that nobody sets: a jump of the wall clock must not hold anything up.
  let heldUntil = 0;
  const underWay = new Set<AbortController>();

  function hold(response: Response): void {
    if (response.status !== 429 && response.status !== 503) return;
    const wait = retryAfterMs(response.headers.get("retry-after"), settings.now());
    if (wait !== undefined) heldUntil = performance.now() + wait;
  }

  async function request(path: string, asked: Asked, signal: AbortSignal): Promise<Response> {
    const token = (await settings.token()).trim();
    // The platform's own complaint about such a header would quote it.
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new Error("The token is empty, or holds spaces or other letters than a token has");
    const response = await settings.fetch(`${settings.url}${path}`, {
      method: asked.body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${token}`,
        ...(asked.body === undefined ? {} : { "content-type": "application/json" }),
        ...asked.headers,
      },
      // The token goes where the host program said, and nowhere else.
      redirect: "manual",
      signal,
      ...(asked.body === undefined ? {} : { body: asked.body }),
    });
    hold(response);
    return response;
  }

  return {
    heldMs: () => Math.max(0, Math.ceil(heldUntil - performance.now())),
    abandon: () => {
      for (const one of underWay) one.abort();
    },

    ask: async (path, asked = {}) => {
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), settings.timeoutMs);
      if (settings.isUnref) timer.unref();
      underWay.add(limit);
      try {
        const response = await request(path, asked, limit.signal);
        const text = await readText(response);
        if (text === null) return failed(`It answered with more than ${LONGEST_BODY} bytes`);
        return { kind: "answer", status: response.status, headers: response.headers, text };
      } catch (error) {
        if (limit.signal.aborted) return failed(`No whole answer within ${settings.timeoutMs} ms`);
        return failed(reasonOf(error));
      } finally {
        underWay.delete(limit);
        clearTimeout(timer);
      }
    },

    listen: async (path, on, signal) => {
      const limit = new AbortController();
      const stop = () => limit.abort();
      const timer = setTimeout(stop, settings.timeoutMs);
      signal.addEventListener("abort", stop, { once: true });
      try {
        const response = await request(path, { headers: { accept: "text/event-stream" } }, limit.signal);
        const type = response.headers.get("content-type") ?? "";
        if (response.status !== 200 || !type.startsWith("text/event-stream") || response.body === null) {
          limit.abort();
          return response.status === 200
            ? `It answered with ${type || "nothing"} instead of a stream`
            : refusalOf(response.status, "");
        }
        clearTimeout(timer);
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) on(chunk);
        return "The stream ended";
      } catch (error) {
        if (signal.aborted) return "It was given up";
        return limit.signal.aborted ? `No stream within ${settings.timeoutMs} ms` : reasonOf(error);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      }
    },
  };
}

/** What a status that is no success means, with what the server said of it where it said something. */
export function refusalOf(status: number, text: string): string {
  const detail = detailOf(text);
  if (status === 401) return "Plumbline does not know this token (401): it is wrong, has expired, or was revoked";
  if (status >= 300 && status < 400)
    return `It answered ${status}, a way to somewhere else; url has to name Plumbline itself`;
  return detail === undefined ? `It answered ${status}` : `It answered ${status}: ${detail}`;
}

function detailOf(text: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === "object" && problem !== null && "detail" in problem)
      return String(problem.detail).slice(0, 500);
  } catch {
    // Something in between answered.
  }
  return undefined;
}

async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > LONGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function failed(message: string): Answer {
  return { kind: "failed", message };
}

/** The innermost cause says what happened: "fetch failed" does not. */
function reasonOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return String(at);
  const code = "code" in at && typeof at.code === "string" ? at.code : undefined;
  switch (code) {
    case "ECONNREFUSED":
      return "Nothing listens there (ECONNREFUSED)";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host's name is not known (${code})`;
    case "ECONNRESET":
    case "UND_ERR_SOCKET":
    case "EPIPE":
      return `The connection was cut (${code})`;
    default:
      return code === undefined ? at.message : `${at.message} (${code})`;
  }
}

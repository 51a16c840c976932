/** Milliseconds after a change until the page is asked for again: what changes together is shown together. */
const SETTLE = 150;
/** Milliseconds between two refreshes at least. */
const CALM = 1_500;
/** Milliseconds between refreshes while the stream is down. */
const FALLBACK = 30_000;

type Page = {
  /** When the page that is shown was made, by the server's clock, in milliseconds since 1970. */
  readonly madeAt: () => number;
  readonly refresh: () => void;
};

/**
 * Refreshes the page whenever the server says that something has changed, as long as it is seen. A hidden page follows
 * nothing: when it is seen again it asks whether something has changed since it was made. While the stream is down the page
 * is refreshed now and then instead. @returns how to stop
 */
export function keepLive({ madeAt, refresh }: Page): () => void {
  let stream: EventSource | null = null;
  let isDown = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  let waiting: ReturnType<typeof setTimeout> | null = null;

  function refreshSoon(): void {
    waiting ??= setTimeout(
      () => {
        waiting = null;
        lastAt = Date.now();
        refresh();
      },
      Math.max(SETTLE, lastAt + CALM - Date.now()),
    );
  }

  function open(): void {
    stream = new EventSource(`/api/live?since=${madeAt()}`);
    stream.addEventListener("board", refreshSoon);
    stream.addEventListener("open", () => {
      isDown = false;
    });
    stream.addEventListener("error", () => {
      isDown = true;
    });
  }

  function close(): void {
    stream?.close();
    stream = null;
    isDown = false;
    if (waiting) clearTimeout(waiting);
    waiting = null;
  }

  function follow(): void {
    close();
    if (document.visibilityState === "visible") open();
  }

  const fallback = setInterval(() => {
    if (!stream || !isDown) return;
    refreshSoon();
    // Browsers try again by themselves, but not after a refusal.
    if (stream.readyState === EventSource.CLOSED) {
      stream.close();
      open();
      isDown = true;
    }
  }, FALLBACK);
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    clearInterval(fallback);
    document.removeEventListener("visibilitychange", follow);
    close();
  };
}

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepLive } from "./keep-live.ts";

/** A browser's stream, as far as this needs one. */
type Stream = EventTarget & { readonly url: string; readyState: number; readonly close: () => void };

function aStream(url: string): Stream {
  const stream: Stream = Object.assign(new EventTarget(), {
    url,
    readyState: 0,
    close: () => {
      stream.readyState = CLOSED;
    },
  });
  streams.push(stream);
  return stream;
}

const CLOSED = 2;
let streams: Stream[] = [];
let page: EventTarget & { visibilityState: string };
let refreshes = 0;
let madeAt = 0;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  streams = [];
  page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  // What is called with `new` and answers an object makes that object.
  vi.stubGlobal(
    "EventSource",
    Object.assign(
      function open(url: string) {
        return aStream(url);
      },
      { CLOSED },
    ),
  );
  vi.stubGlobal("document", page);
  refreshes = 0;
  madeAt = 5;
  stop = keepLive({
    madeAt: () => madeAt,
    refresh: () => {
      refreshes += 1;
    },
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const current = () => streams.at(-1);
const change = () => current()?.dispatchEvent(new Event("board"));
function see(state: "visible" | "hidden"): void {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
}

test("a change refreshes the page soon, and many at once refresh it once", () => {
  for (let count = 0; count < 50; count++) change();
  expect(refreshes).toBe(0);
  vi.advanceTimersByTime(200);
  expect(refreshes).toBe(1);
});

test("a change every moment refreshes the page no more often than it can be read", () => {
  for (let count = 0; count < 100; count++) {
    change();
    vi.advanceTimersByTime(100);
  }
  expect(refreshes).toBeLessThanOrEqual(7);
  expect(refreshes).toBeGreaterThanOrEqual(5);
});

test("a hidden page follows nothing and asks what it has missed when it is seen again", () => {
  change();
  see("hidden");
  expect(current()?.readyState).toBe(CLOSED);
  vi.advanceTimersByTime(120_000);
  expect(refreshes).toBe(0);
  madeAt = 77;
  see("visible");
  expect(streams.map(({ url }) => url)).toEqual(["/api/live?since=5", "/api/live?since=77"]);
});

test("while the stream is down the page is refreshed every 30 seconds, and no more once it is back", () => {
  current()?.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(61_000);
  expect(refreshes).toBe(2);
  current()?.dispatchEvent(new Event("open"));
  vi.advanceTimersByTime(120_000);
  expect(refreshes).toBe(2);
});

test("a stream that was refused is asked for again", () => {
  const refused = current();
  if (refused) refused.readyState = CLOSED;
  refused?.dispatchEvent(new Event("error"));
  vi.advanceTimersByTime(30_000);
  expect(streams).toHaveLength(2);
});

test("nothing goes on after the page was left", () => {
  change();
  stop();
  see("visible");
  vi.advanceTimersByTime(120_000);
  expect(refreshes).toBe(0);
  expect(streams).toHaveLength(1);
});

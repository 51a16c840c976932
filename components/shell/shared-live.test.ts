import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followChanges } from "./shared-live.ts";

const streams: (EventTarget & { readonly url: string; isOpen: boolean })[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  streams.length = 0;
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal(
    "EventSource",
    Object.assign(
      function open(url: string) {
        const stream = Object.assign(new EventTarget(), { url, isOpen: true, readyState: 1 });
        streams.push(stream);
        return Object.assign(stream, {
          close: () => {
            stream.isOpen = false;
          },
        });
      },
      { CLOSED: 2 },
    ),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("parts of a page share one stream, and each is refreshed", () => {
  const refreshed: string[] = [];
  const stopBanner = followChanges({ madeAt: () => 5, refresh: () => refreshed.push("banner") });
  const stopPage = followChanges({ madeAt: () => 9, refresh: () => refreshed.push("page") });
  expect(streams.filter((stream) => stream.isOpen).map((stream) => stream.url)).toEqual(["/api/live?since=5"]);
  streams.at(-1)?.dispatchEvent(new Event("board"));
  vi.advanceTimersByTime(2_000);
  expect(refreshed).toEqual(["banner", "page"]);
  stopPage();
  expect(streams.filter((stream) => stream.isOpen)).toHaveLength(1);
  stopBanner();
  expect(streams.filter((stream) => stream.isOpen)).toHaveLength(0);
});

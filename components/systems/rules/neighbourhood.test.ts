import { expect, test } from "vitest";
import { busiest, neighbourhood } from "./neighbourhood.ts";

const because = (from: string, to: string) => ({ from, to, reason: "because" });
const chain = [because("/a", "/b"), because("/b", "/c"), because("/c", "/d"), because("/x", "/y")];

test.each([
  ["one step around the middle", "/b", 1, ["/a /b", "/b /c"]],
  ["two steps from the start", "/a", 2, ["/a /b", "/b /c"]],
  ["far enough for its whole component", "/d", 9, ["/a /b", "/b /c", "/c /d"]],
  ["everything", null, 1, ["/a /b", "/b /c", "/c /d", "/x /y"]],
  ["a place that nothing touches", "/z", 2, []],
])("%s", (_, focus, steps, expected) => {
  expect(neighbourhood(chain, focus, steps).map(({ from, to }) => `${from} ${to}`)).toEqual(expected);
});

test("a graph begins where most happens", () => {
  expect(busiest([...chain, because("/b", "/x")])).toBe("/b");
  expect(busiest([])).toBeNull();
});

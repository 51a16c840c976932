import { expect, test } from "vitest";
import { press, SHORTCUTS } from "#components/shell/shortcuts.ts";

test.each([
  ["g, then c", ["g", "c"], { do: "go", href: "/changes" }],
  ["j", ["j"], { do: "row", step: 1 }],
  ["a key that means nothing", ["q"], null],
  ["g, then a key that means nothing there", ["g", "q"], null],
  ["g, then a key that means something alone", ["g", "?"], { do: "help" }],
  ["g twice, then a", ["g", "g", "a"], { do: "go", href: "/audit" }],
])("%s", (_, keys, action) => {
  let seen = press("", "");
  for (const key of keys) seen = press(seen.pending, key);
  expect(seen.action).toEqual(action);
});

test("no key is given twice, and none begins another", () => {
  const keys = SHORTCUTS.map((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.filter((one) => keys.some((other) => other.startsWith(`${one} `)))).toEqual([]);
});

import { expect, test } from "vitest";
import { lengthsOf } from "#components/hot-patches/lengths.ts";
import { minutesText } from "#components/hot-patches/words.ts";

test.each([
  ["eight hours at most", { defaultMinutes: 240, maxMinutes: 480 }, [5, 15, 30, 60, 120, 240, 480]],
  ["lengths of its own", { defaultMinutes: 45, maxMinutes: 90 }, [5, 15, 30, 45, 60, 90]],
])("a policy with %s offers what it allows", (_, policy, lengths) => {
  expect(lengthsOf(policy)).toEqual(lengths);
});

test.each([
  [30, "30 min"],
  [90, "1 h 30 min"],
  [240, "4 h"],
  [1_440, "1 d"],
  [1_500, "25 h"],
])("%i minutes are %s", (minutes, text) => {
  expect(minutesText(minutes)).toBe(text);
});

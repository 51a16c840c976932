import { expect, test } from "vitest";
import { findingStateWord } from "./words.ts";

test.each([
  ["open", "value_changed", "Open"],
  ["open", "hot_patched", "Authorised"],
  ["open", "expired_hot_patch", "Open"],
  ["resolved", "hot_patched", "Resolved"],
] as const)("a finding that is %s, of the kind %s, reads %s", (state, kind, word) => {
  expect(findingStateWord({ state, kind })).toBe(word);
});

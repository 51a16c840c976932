import { expect, test } from "vitest";
import { followUpWord, withShortDigests } from "./words.ts";

test.each([
  ["open", "To be permanent"],
  ["approved", "To be permanent"],
  ["applied", "Made permanent"],
  ["closed", "Proposal closed: not kept"],
])("a follow-up whose request is %s reads %s", (state, word) => {
  const change = { number: 3, title: "Keep it", state };
  expect(followUpWord({ state: "decided", decision: "make_permanent", change })).toBe(word);
});

test("a follow-up that nobody proposed, or that takes the patch back, says so", () => {
  expect(followUpWord({ state: "decided", decision: "make_permanent", change: null })).toBe("To be permanent");
  expect(followUpWord({ state: "decided", decision: "revert", change: null })).toBe("Decided: revert");
});

test("a sentence shows its digests short", () => {
  const digest = `sha256:44136fa355b3${"0".repeat(52)}`;
  expect(withShortDigests(`Evidence for ${digest} was not asked for`)).toBe(
    "Evidence for 44136fa355b3 was not asked for",
  );
});

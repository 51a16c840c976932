import { expect, test } from "vitest";
import { signInProblem } from "./sign-in-words.ts";

test.each([
  [undefined, undefined],
  ["", undefined],
  ["credentials", "The e-mail address or the password is not right."],
  ["too_many-1", "Too many attempts failed. Try again in 1 minute."],
  ["too_many-15", "Too many attempts failed. Try again in 15 minutes."],
  ["<script>", "The sign-in could not be completed. Try again."],
])("the code %s reads: %s", (code, sentence) => {
  expect(signInProblem(code)).toBe(sentence);
});

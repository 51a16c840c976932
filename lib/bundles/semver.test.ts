import { expect, test } from "vitest";
import type { ParameterChange } from "./model.ts";
import { mayFollow, proposeSemver } from "./semver.ts";

const change = (of: Partial<ParameterChange>): ParameterChange => ({
  bundle: "assistant",
  pointer: "/x",
  meaning: "changed",
  locked: false,
  environments: ["production"],
  ...of,
});

test.each([
  ["another model", [change({ kind: "model", meaning: "model" })], "2.0.0", "Major: the model changed (/x)"],
  [
    "a removed parameter",
    [change({ kind: "retry", meaning: "removed" })],
    "2.0.0",
    "Major: a parameter was removed (/x)",
  ],
  ["a locked parameter", [change({ kind: "limit", locked: true })], "2.0.0", "Major: a locked parameter changed (/x)"],
  [
    "a relaxed guardrail",
    [change({ kind: "guardrail", meaning: "relaxed" })],
    "2.0.0",
    "Major: a guardrail was relaxed (/x)",
  ],
  [
    "a tightened guardrail",
    [change({ kind: "guardrail", meaning: "tightened" })],
    "1.3.0",
    "Minor: behaviour changed (/x)",
  ],
  ["a new parameter", [change({ kind: "retry", meaning: "added" })], "1.3.0", "Minor: a parameter was added (/x)"],
  ["a prompt", [change({ kind: "prompt", meaning: "prompt" })], "1.3.0", "Minor: a prompt changed (/x)"],
  ["sampling", [change({ kind: "sampling" })], "1.3.0", "Minor: behaviour changed (/x)"],
  ["a retry", [change({ kind: "retry" })], "1.2.4", "Patch: only how it runs changed (/x)"],
  ["comments alone", [], "1.2.4", "Patch: no effective parameter changes"],
  [
    "the greatest of several",
    [change({ kind: "retry" }), change({ kind: "model", meaning: "model", pointer: "/m" })],
    "2.0.0",
    "Major: the model changed (/m)",
  ],
  [
    "several of a kind",
    [change({ meaning: "added" }), change({ meaning: "added", pointer: "/y" })],
    "1.3.0",
    "Minor: a parameter was added (/x), and 1 more like it",
  ],
])("%s", (_, changes, expected, reason) => {
  expect(proposeSemver("1.2.3", changes)).toEqual({ semver: expected, reason });
});

test("the first version is 1.0.0", () => {
  expect(proposeSemver(null, [])).toEqual({ semver: "1.0.0", reason: "The first version" });
});

test.each([
  [null, "0.1.0", true],
  ["1.2.3", "1.2.4", true],
  ["1.2.3", "1.2.3", false],
  ["1.2.3", "1.1.0", false],
  ["1.2.3", "v1.3.0", false],
  ["1.2.3", "2", false],
])("after %s may come %s: %s", (previous, proposed, expected) => {
  expect(mayFollow(previous, proposed)).toBe(expected);
});

import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { LIMITS } from "./model.ts";
import { endingOf, isDeclared } from "./outcome.ts";
import { aHotPatch, inMinutes } from "./testing/facts.ts";

const running = (temperature: Json, instances = 1) => ({ instances, document: { temperature } });
const late = 240 + LIMITS.takeBackMinutes;

type Case = {
  readonly declared?: JsonObject;
  readonly running?: readonly { readonly instances: number; readonly document: JsonObject }[];
  readonly minutes?: number;
  readonly reverts?: boolean;
  readonly tolerance?: number;
};

function ending(of: Case) {
  const comparison = of.tolerance === undefined ? undefined : { tolerance: of.tolerance };
  return endingOf({
    patch: aHotPatch({ revertsAtExpiry: of.reverts ?? true }),
    declared: of.declared ?? { temperature: 0.2 },
    running: of.running ?? [],
    comparisonAt: () => comparison,
    now: inMinutes(of.minutes ?? 240),
  });
}

describe("how a patch ends", () => {
  test.each<[string, Case, string]>([
    ["nobody reports", {}, "reverted"],
    ["all runtimes let go of it", { running: [running(0.2, 3)] }, "reverted"],
    ["some still run it", { running: [running(0.2), running(0.9, 2)] }, "leaving"],
    ["some still run it, a moment before it is given up", { running: [running(0.9)], minutes: late - 0.01 }, "leaving"],
    ["some still run it, when it is given up", { running: [running(0.9)], minutes: late }, "escalated"],
    ["somebody set another value", { running: [running(0.2), running(0.5)] }, "escalated"],
    ["the parameter is gone from a runtime", { running: [{ instances: 1, document: {} }] }, "escalated"],
    ["the same value is declared now", { declared: { temperature: 0.9 }, running: [running(0.9)] }, "absorbed"],
    [
      "another value is declared now, and runs",
      { declared: { temperature: 0.4 }, running: [running(0.4)] },
      "reverted",
    ],
    [
      "another value is declared, a runtime is behind",
      { declared: { temperature: 0.4 }, running: [running(0.2)] },
      "reverted",
    ],
    ["text from an environment variable", { running: [running("0.2")] }, "reverted"],
    ["the patched value as text", { running: [running("0.9")] }, "leaving"],
    ["within the tolerance", { running: [running(0.21)], tolerance: 0.05 }, "reverted"],
    ["policy keeps it", { reverts: false, running: [running(0.9)], minutes: 9_000 }, "kept"],
    ["policy keeps it, and it is declared now", { reverts: false, declared: { temperature: 0.9 } }, "absorbed"],
  ])("%s", (_, of, kind) => {
    expect(ending(of).kind).toBe(kind);
  });

  test("says how many still run it, and until when it waits", () => {
    const expected = { kind: "leaving", instances: 2, until: inMinutes(late) };
    expect(ending({ running: [running(0.9, 2)] })).toEqual(expected);
  });
});

test.each([
  ["every value", { temperature: 0.9, seed: 1 }, true],
  ["another value", { temperature: 0.8, seed: 1 }, false],
  ["one of two", { temperature: 0.9 }, false],
] as const)("what is declared: %s", (_, declared, expected) => {
  const changes = [
    { pointer: "/temperature", before: 0.2, after: 0.9 },
    { pointer: "/seed", after: 1 },
  ];
  expect(isDeclared(changes, declared)).toBe(expected);
});

test("a parameter that was taken away is declared when it is not there", () => {
  const changes = [{ pointer: "/seed", before: 1 }];
  expect(isDeclared(changes, {})).toBe(true);
  expect(isDeclared(changes, { seed: 1 })).toBe(false);
});

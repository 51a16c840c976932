import { expect, test } from "vitest";
import {
  effortInWords,
  flagSetting,
  interactionSpace,
  type Switch,
  sizeInWords,
  standingOf,
  switchesOf,
} from "#lib/insights/flag-facts.ts";
import type { ParameterKind, ParameterRule } from "#lib/systems/model.ts";

const now = new Date("2026-11-22T14:00:00Z");

test.each([
  ["no expiry that can be read", null, "endless"],
  ["an expiry that has passed", "2026-11-21T23:59:59Z", "stale"],
  ["this very moment as its expiry", "2026-11-22T14:00:00Z", "stale"],
  ["two weeks left", "2026-12-06T14:00:00Z", "soon"],
  ["more than two weeks left", "2026-12-06T14:00:01Z", "fresh"],
])("a flag with %s", (_, expires, standing) => {
  expect(standingOf(expires === null ? null : new Date(expires), now)).toBe(standing);
});

const rule = (pattern: string, kind: ParameterKind): ParameterRule => ({
  pattern,
  title: pattern,
  kind,
  tier: "runtime",
  environmentPolicy: "may_differ",
  strictness: "none",
  risk: "low",
  owner: "product",
  locked: false,
  required: false,
  schema: {},
});

test("flags are two-way, experiments have their variants and none of them", () => {
  const switches = switchesOf({
    bundle: "assistant",
    rules: {
      parameters: [
        rule("/flags/*", "flag"),
        rule("/experiments/*/enabled", "experiment"),
        rule("/experiments/*/variants/*", "experiment"),
      ],
      constraints: [],
      dependencies: [],
      policies: [],
    },
    value: {
      flags: { welsh: { enabled: false }, photos: { enabled: true } },
      experiments: { length: { enabled: true, variants: { control: "120", short: "80", terse: "40" } } },
      temperature: 0.2,
    },
  });
  expect(switches).toEqual([
    { pointer: "/flags/welsh", kind: "flag", ways: 2 },
    { pointer: "/flags/photos", kind: "flag", ways: 2 },
    { pointer: "/experiments/length", kind: "experiment", ways: 4 },
  ]);
  expect(interactionSpace(switches)).toBe(16n);
});

test.each([
  [0, "1", "1 minute"],
  [1, "2", "2 minutes"],
  [10, "1,024", "17 hours"],
  [12, "4,096", "2 days"],
  [24, "about 16 million", "31 years"],
  [40, "about 1 trillion", "longer than there have been people"],
  [70, "about 10^21", "longer than there have been people"],
])("%i flags make a space that people can picture", (count, size, effort) => {
  const switches = Array.from(
    { length: count },
    (_, at): Switch => ({ pointer: `/flags/${at}`, kind: "flag", ways: 2 }),
  );
  expect(sizeInWords(interactionSpace(switches))).toBe(size);
  expect(effortInWords(interactionSpace(switches))).toBe(effort);
});

test.each([
  ["on", { enabled: true, value: undefined }, "on"],
  ["off with a value", { enabled: false, value: "new" }, "off, new"],
  ["a value alone", { enabled: null, value: 3 }, "3"],
  ["neither", { enabled: null, value: undefined }, "says nothing"],
])("the setting of a flag that is %s", (_, flag, setting) => {
  expect(flagSetting(flag)).toBe(setting);
});

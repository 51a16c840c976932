import { expect, test } from "vitest";
import { type DeclaredValue, pointsOf, relaxedSince, shareOfLimit } from "#lib/insights/threshold-history.ts";
import type { Json } from "#lib/kernel/json.ts";

let snapshot = 0;
const declared = (value: Json | null): DeclaredValue => {
  snapshot += 1;
  return {
    at: new Date(Date.UTC(2026, 0, snapshot)),
    value,
    snapshot,
    change: { number: snapshot, title: "Change" },
    approvedBy: ["Grace"],
    deployedBy: "Ada",
  };
};

test.each([
  ["a lower value where higher is stricter", [0.8, 0.7], "higher_is_stricter", [null, 0.1]],
  ["a lower value where lower is stricter", [0.8, 0.7], "lower_is_stricter", [null, -0.1]],
  ["deployments that leave it as it was", [0.8, 0.8, 0.7, 0.7], "higher_is_stricter", [null, 0.1]],
  ["a guardrail that is switched off", [true, false], "higher_is_stricter", [null, 1]],
  ["a value that goes and comes back", [0.8, null, 0.7], "higher_is_stricter", [null, null, null]],
] as const)("%s", (_, values, strictness, relaxations) => {
  const points = pointsOf(values.map(declared), strictness);
  expect(points.map((point) => point.relaxation)).toEqual(relaxations);
});

test("a relaxation is counted from the accepted baseline, a step back taken off", () => {
  expect(relaxedSince(0.8, 0.65, "higher_is_stricter")).toBe(0.15);
  expect(relaxedSince(0.8, 0.85, "higher_is_stricter")).toBe(-0.05);
  expect(relaxedSince(null, 0.85, "higher_is_stricter")).toBeNull();
  expect(relaxedSince("strict", "lax", "higher_is_stricter")).toBeNull();
});

const place = (relaxed: number | null) => ({
  environment: { slug: "production", name: "Production" },
  points: [],
  patches: [],
  baseline: null,
  current: null,
  relaxed,
});

test.each([
  ["half of its limit", 0.2, [0.1], 0.5],
  ["the worst environment's share", 0.2, [0.1, 0.3], 1.5],
  ["a little, where no limit is set", null, [5], 0.001],
  ["nothing, where it is stricter", 0.2, [-0.1], 0],
  ["all there is, where nothing is allowed", 0, [0.1], Number.POSITIVE_INFINITY],
  ["nothing, where it cannot be measured", 0.2, [null], 0],
])("a threshold uses %s", (_, limit, relaxed, share) => {
  expect(shareOfLimit({ limit, places: relaxed.map(place) })).toBe(share);
});

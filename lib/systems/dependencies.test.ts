import fc from "fast-check";
import { expect, test } from "vitest";
import { affectedBy, cyclesOf } from "./dependencies.ts";

const because = (from: string, to: string) => ({ from, to, reason: `${from} → ${to}` });
const all = ["/model/name", "/guardrails/toxicity", "/guardrails/pii", "/routing/threshold", "/limits/timeout"];
const chain = [because("/model/**", "/guardrails/*"), because("/guardrails/*", "/routing/threshold")];

test.each([
  ["nothing changed", chain, [], []],
  ["a change that nothing depends on", chain, ["/limits/timeout"], []],
  [
    "a change at the start of a chain",
    chain,
    ["/model/name"],
    ["/guardrails/toxicity", "/guardrails/pii", "/routing/threshold"],
  ],
  ["a change in the middle", chain, ["/guardrails/pii"], ["/routing/threshold"]],
  [
    "a new parameter that is nowhere yet",
    chain,
    ["/model/revision"],
    ["/guardrails/toxicity", "/guardrails/pii", "/routing/threshold"],
  ],
  [
    "a pattern that names the container",
    [because("/model", "/guardrails")],
    ["/model/name"],
    ["/guardrails/toxicity", "/guardrails/pii"],
  ],
  [
    "parameters that depend on their siblings",
    [because("/guardrails/*", "/guardrails/*")],
    ["/guardrails/pii"],
    ["/guardrails/toxicity", "/guardrails/pii"],
  ],
  ["a circle", [because("/a", "/b"), because("/b", "/a")], ["/a"], ["/b", "/a"]],
  ["a parameter that depends on itself alone", [because("/a", "/a")], ["/a"], []],
])("%s", (_, dependencies, changed, expected) => {
  expect(
    affectedBy(dependencies, changed, [...all, "/a", "/b"])
      .map((one) => one.pointer)
      .sort(),
  ).toEqual([...expected].sort());
});

test("each comes with its reasons, step by step", () => {
  const found = affectedBy(chain, ["/model/name"], all).find((one) => one.pointer === "/routing/threshold");
  expect(found?.path.map((step) => step.reason)).toEqual([
    "/model/** → /guardrails/*",
    "/guardrails/* → /routing/threshold",
  ]);
  expect(found?.path.map((step) => step.from)[0]).toBe("/model/name");
});

test.each([
  ["no circle", chain, []],
  ["two that need each other", [because("/a", "/b"), because("/b", "/a"), because("/b", "/c")], [["/a", "/b"]]],
  ["one that needs itself", [because("/a", "/a")], [["/a"]]],
  [
    "two circles",
    [because("/a", "/b"), because("/b", "/a"), because("/c", "/d"), because("/d", "/c"), because("/b", "/c")],
    [
      ["/a", "/b"],
      ["/c", "/d"],
    ],
  ],
])("circles: %s", (_, dependencies, expected) => {
  const found = cyclesOf(dependencies, ["/a", "/b", "/c", "/d"]).map((group) => [...group].sort());
  expect(found.sort()).toEqual(expected);
});

const pointer = fc.constantFrom("/a", "/b", "/c", "/d", "/e", "/f");
const graph = fc.array(
  fc.tuple(pointer, pointer).map(([from, to]) => because(from, to)),
  { maxLength: 12 },
);
const every = ["/a", "/b", "/c", "/d", "/e", "/f"];

test("what is affected is exactly what can be reached, and every way is a way", () => {
  fc.assert(
    fc.property(graph, pointer, (dependencies, start) => {
      const reachable = new Set<string>();
      const walk = (at: string) => {
        for (const { from, to } of dependencies) {
          if (from !== at || to === at || reachable.has(to)) continue;
          reachable.add(to);
          walk(to);
        }
      };
      walk(start);
      const affected = affectedBy(dependencies, [start], every);
      expect(affected.map((one) => one.pointer).sort()).toEqual([...reachable].sort());
      for (const { path, pointer: end } of affected) {
        expect(path[0]?.from).toBe(start);
        expect(path.at(-1)?.to).toBe(end);
        for (const [index, step] of path.entries()) if (index > 0) expect(step.from).toBe(path[index - 1]?.to);
      }
    }),
  );
});

test("two parameters share a circle exactly when each reaches the other", () => {
  fc.assert(
    fc.property(graph, pointer, pointer, (dependencies, one, other) => {
      fc.pre(one !== other);
      const reaches = (from: string, to: string) =>
        affectedBy(dependencies, [from], every).some((found) => found.pointer === to);
      const together = cyclesOf(dependencies, every).some((group) => group.includes(one) && group.includes(other));
      expect(together).toBe(reaches(one, other) && reaches(other, one));
    }),
  );
});

import { expect, test } from "vitest";
import type { Policy } from "#lib/systems/model.ts";
import type { Touch } from "./model.ts";
import { requirementsOf } from "./requirements.ts";
import { aPolicy } from "./testing/facts.ts";

const staging: Touch = { environment: "staging", kinds: ["sampling"], isLocked: false };
const production: Touch = { environment: "production", kinds: ["sampling", "guardrail"], isLocked: false };

test.each<[string, readonly Policy[], readonly Touch[], number]>([
  ["no policy at all", [], [staging], 1],
  ["no environment at all", [aPolicy({ approvals: 0 })], [], 1],
  ["a policy that asks for none", [aPolicy({ approvals: 0 })], [staging], 0],
  ["a policy for another environment", [aPolicy({ environments: ["production"], approvals: 0 })], [staging], 1],
  ["a policy for another kind of request", [aPolicy({ requests: ["rules"], approvals: 0 })], [staging], 1],
  [
    "a policy for one kind of parameter that asks for none",
    [aPolicy({ kinds: ["guardrail"], approvals: 0 })],
    [production],
    1,
  ],
  ["two policies, of which the stricter counts", [aPolicy(), aPolicy({ id: "b", approvals: 3 })], [staging], 3],
  ["a locked parameter", [aPolicy()], [{ ...staging, isLocked: true }], 2],
  ["a locked parameter where none would be needed", [aPolicy({ approvals: 0 })], [{ ...staging, isLocked: true }], 1],
  ["a group of two", [aPolicy({ groups: [{ group: "safety", approvals: 2 }] })], [staging], 2],
  ["a count that is not a number", [aPolicy({ approvals: Number.NaN })], [staging], 1],
])("approvals with %s", (_, policies, touches, approvals) => {
  expect(requirementsOf(policies, { kind: "version", touches }).approvals).toBe(approvals);
});

test("each environment asks for what matches it alone", () => {
  const policies = [
    aPolicy(),
    aPolicy({ id: "p", environments: ["production"], approvals: 2 }),
    aPolicy({ id: "g", kinds: ["guardrail"], groups: [{ group: "safety", approvals: 1 }] }),
  ];
  const { environments } = requirementsOf(policies, { kind: "version", touches: [staging, production] });
  expect(environments).toEqual([
    { environment: "staging", approvals: 1, groups: [] },
    { environment: "production", approvals: 2, groups: [{ group: "safety", approvals: 1 }] },
  ]);
});

test("checks are the union, lifetimes the shortest, soak the longest", () => {
  const policies = [
    aPolicy({ requiredChecks: ["flags"], approvalLastsHours: 48, soakMinutes: 10 }),
    aPolicy({
      id: "b",
      requiredChecks: ["ratchet"],
      approvalLastsHours: 500,
      soakMinutes: 60,
      threadsMustBeResolved: true,
    }),
  ];
  expect(requirementsOf(policies, { kind: "promotion", touches: [staging] })).toMatchObject({
    requiredChecks: ["flags", "ratchet"],
    lastsHours: 48,
    soakMinutes: 60,
    threadsMustBeResolved: true,
  });
});

test("a policy for some kinds takes no check away that holds without a policy", () => {
  const partial = aPolicy({ kinds: ["guardrail"], requiredChecks: ["threads"] });
  const { requiredChecks } = requirementsOf([partial], { kind: "promotion", touches: [production] });
  expect(requiredChecks).toEqual(["flags", "dependencies", "ratchet", "threads"]);
});

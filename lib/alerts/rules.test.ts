import { expect, test } from "vitest";
import type { Grant } from "#lib/access/actor.ts";
import { type Filter, holdsRole, isWanted, shownAddress, toldInWords } from "./rules.ts";

const alert = { topic: "drift", severity: "high", systemId: "s1", environment: "production" } as const;
const everything: Filter = { systemId: null, environments: [], topics: [], minimumSeverity: "low" };

test.each<[string, Partial<Filter>, boolean]>([
  ["everything", {}, true],
  ["the system", { systemId: "s1" }, true],
  ["another system", { systemId: "s2" }, false],
  ["the environment", { environments: ["staging", "production"] }, true],
  ["another environment", { environments: ["staging"] }, false],
  ["the topic", { topics: ["drift"] }, true],
  ["other topics", { topics: ["hot_patch", "follow_up"] }, false],
  ["this severity and more", { minimumSeverity: "high" }, true],
  ["more than this severity", { minimumSeverity: "critical" }, false],
  ["a severity that is not known", { minimumSeverity: "dreadful" }, true],
])("a channel for %s", (_, filter, wanted) => {
  expect(isWanted({ ...everything, ...filter }, alert)).toBe(wanted);
});

test.each<[string, Grant, boolean]>([
  ["everywhere", { role: "responder", systemId: null, environment: null }, true],
  ["for the system", { role: "responder", systemId: "s1", environment: null }, true],
  ["for the environment", { role: "responder", systemId: "s1", environment: "production" }, true],
  ["for another environment", { role: "responder", systemId: "s1", environment: "staging" }, false],
  ["for another system", { role: "responder", systemId: "s2", environment: null }, false],
  ["of another kind", { role: "author", systemId: null, environment: null }, false],
])("a role %s", (_, grant, holds) => {
  expect(holdsRole([grant], ["responder"], alert)).toBe(holds);
});

test.each([
  ["email", "oncall@example.org", "oncall@example.org"],
  ["webhook", "https://hooks.example.org/alerts", "https://hooks.example.org/alerts"],
  ["webhook", "https://hooks.example.org/alerts?key=hidden-wxyz", "https://hooks.example.org/…wxyz"],
  ["webhook", "https://hooks.example.org/catch/12345/hidden-wxyz", "https://hooks.example.org/…wxyz"],
  ["slack", "https://hooks.slack.com/services/T0/B0/hidden-wxyz", "https://hooks.slack.com/…wxyz"],
] as const)("of a %s, %s is shown as %s", (kind, address, shown) => {
  expect(shownAddress(kind, address)).toBe(shown);
});

test.each<[string, Parameters<typeof toldInWords>[0]]>([
  ["nobody", { people: [], channels: [] }],
  ["Ada, Grace", { people: ["Ada", "Grace"], channels: [] }],
  ["the channel On call", { people: [], channels: ["On call"] }],
  ["Ada, and the channels On call, Ops", { people: ["Ada"], channels: ["On call", "Ops"] }],
  ["A, B, C, D, E", { people: ["A", "B", "C", "D", "E"], channels: [] }],
  ["A, B, C, D and 2 more", { people: ["A", "B", "C", "D", "E", "F"], channels: [] }],
])("the log says that it was told to %s", (words, whom) => {
  expect(toldInWords(whom)).toBe(words);
});

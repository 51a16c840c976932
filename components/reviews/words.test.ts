import { expect, test } from "vitest";
import {
  applyLabel,
  approveLabel,
  consequence,
  greatestRisk,
  listed,
  parametersChanged,
  whoMay,
} from "#components/reviews/words.ts";
import type { ParameterChange } from "#lib/bundles/model.ts";
import type { ChangeKind } from "#lib/systems/model.ts";

const pipeline = [
  { slug: "development", name: "Development" },
  { slug: "staging", name: "Staging" },
  { slug: "production", name: "Production" },
];
const change = (pointer: string, environments: readonly string[]): ParameterChange => ({
  bundle: "assistant",
  pointer,
  meaning: "changed",
  locked: false,
  environments,
});
const effect = (kind: ChangeKind, more: { reaches?: readonly string[]; labels?: readonly string[] } = {}) => ({
  kind,
  system: "Support assistant",
  labels: more.labels ?? ["assistant 2.4.0"],
  reaches: more.reaches ?? ["production"],
  pipeline,
  changes: [change("/a", ["staging", "production"]), change("/b", ["production"])],
  ruleChanges: [{ pointer: "/policies/two-eyes", after: 2 }],
});

test.each([
  [
    "a new version",
    effect("version"),
    "Publishes assistant 2.4.0. 2 parameters change: 1 in Staging and 2 in Production. Nothing runs it until it is promoted.",
    "Publish assistant 2.4.0",
  ],
  [
    "two versions at once",
    effect("version", { labels: ["a 1.0.0", "b 1.1.0"] }),
    "Publishes a 1.0.0 and b 1.1.0. 2 parameters change: 1 in Staging and 2 in Production. Nothing runs it until it is promoted.",
    "Publish 2 versions",
  ],
  [
    "a promotion",
    effect("promotion"),
    "Deploys assistant 2.4.0 to Production. 2 parameters change there.",
    "Deploy to Production",
  ],
  [
    "a rollback",
    effect("rollback"),
    "Puts assistant 2.4.0 back into Production and holds it there until someone lifts the hold. 2 parameters change there.",
    "Roll back Production",
  ],
  [
    "new rules",
    effect("rules"),
    "Changes the rules of Support assistant in 1 place. They hold for every change from then on.",
    "Put the rules in force",
  ],
] as const)("%s says what will happen", (_, subject, sentence, label) => {
  expect(consequence(subject)).toBe(sentence);
  expect(applyLabel(subject)).toBe(label);
});

test.each([
  [["production"], "Approve for Production"],
  [["staging", "production"], "Approve for Staging and Production"],
  [["development", "staging", "production"], "Approve for every environment"],
  [[], "Approve"],
])("an approval that reaches %j says so", (reaches, label) => {
  expect(approveLabel(effect("promotion", { reaches }))).toBe(label);
});

test("the greatest risk counts, and none where nothing is described", () => {
  expect(
    greatestRisk([
      { ...change("/a", []), risk: "low" },
      { ...change("/b", []), risk: "high" },
    ]),
  ).toBe("high");
  expect(greatestRisk([change("/a", [])])).toBeNull();
});

test("words are listed as one speaks", () => {
  expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
});

test("a parameter that becomes two things counts once, one of another bundle for itself", () => {
  const changes = [change("/a", ["development"]), change("/a", ["staging", "production"]), change("/b", ["staging"])];
  expect(parametersChanged(changes)).toBe(2);
  expect(parametersChanged([...changes, { ...change("/b", []), bundle: "other" }])).toBe(3);
});

test("who may do something is said by role", () => {
  expect(whoMay("change:override")).toBe("A responder or an administrator");
});

import { expect, test } from "vitest";
import { CHECKS } from "#lib/gates/model.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import { classifyModel } from "#lib/models/classify.ts";
import { parameterAt } from "#lib/systems/catalogue.ts";
import { checkRules } from "#lib/systems/rules-check.ts";
import { GROUPS, PEOPLE } from "./people.ts";
import { SYSTEMS } from "./systems/all.ts";
import { complaints, readSource } from "./testing/conformance.ts";

test.each(SYSTEMS)("the bundles of $slug are as its catalogue and constraints say", (system) => {
  const sources = Object.fromEntries(system.bundles.map((bundle) => [bundle.slug, bundle.source]));
  expect(complaints(system.rules, sources)).toEqual([]);
});

test.each(SYSTEMS)("the rules of $slug compile and name only what is there", (system) => {
  const problems = checkRules(system.rules, {
    environments: ["development", "staging", "production"],
    groups: GROUPS.map((group) => group.slug),
    bundles: system.bundles.map((bundle) => bundle.slug),
    checks: CHECKS,
  });
  expect(problems).toEqual([]);
});

test.each(SYSTEMS)("every model of $slug is pinned", (system) => {
  const moving = system.bundles.flatMap((bundle) =>
    leavesOf(readSource(bundle.source).base)
      .filter((leaf) => parameterAt(system.rules, bundle.slug, leaf.pointer).rule?.kind === "model")
      .map((leaf) => classifyModel(String(leaf.value), undefined, new Date("2026-01-01")))
      .filter((classification) => classification.class !== "snapshot"),
  );
  expect(moving).toEqual([]);
});

test("the support assistant is of the size that production has", () => {
  const source = SYSTEMS.find((system) => system.slug === "support-assistant")?.bundles[0]?.source;
  expect(source && leavesOf(readSource(source).base).length).toBeGreaterThan(200);
});

test("every owner in a catalogue and every group of a person is there", () => {
  const groups = new Set(GROUPS.map((group) => group.slug));
  const named = [
    ...SYSTEMS.flatMap((system) => system.rules.parameters.map((rule) => rule.owner)),
    ...SYSTEMS.flatMap((system) => system.rules.policies.flatMap((policy) => policy.groups.map((one) => one.group))),
    ...PEOPLE.flatMap((person) => person.groups),
  ];
  expect(named.filter((group) => !groups.has(group))).toEqual([]);
});

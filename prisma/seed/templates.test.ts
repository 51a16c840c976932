import { expect, test } from "vitest";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import { CHECKS } from "#lib/gates/model.ts";
import { PARAMETER_KINDS, TEMPLATES } from "#lib/systems/model.ts";
import { checkRules } from "#lib/systems/rules-check.ts";
import { complaints } from "./testing/conformance.ts";

const OWNERS = ["platform", "safety", "ml", "retrieval", "product"];

test.each(TEMPLATES)("the bundles of %s are as its own catalogue and constraints say", (name) => {
  const template = TEMPLATE_OF[name];
  const sources = Object.fromEntries(template.bundles.map((bundle) => [bundle.slug, bundle.source]));
  expect(complaints(template.rules, sources)).toEqual([]);
});

test.each(TEMPLATES)("the rules of %s compile, say each thing once and name only what is there", (name) => {
  const { rules, bundles, environments } = TEMPLATE_OF[name];
  const slugs = environments.map((environment) => environment.slug);
  const problems = checkRules(rules, {
    environments: slugs,
    groups: OWNERS,
    bundles: bundles.map((bundle) => bundle.slug),
    checks: CHECKS,
  });
  expect(problems).toEqual([]);
  expect(rules.parameters.filter((rule) => !OWNERS.includes(rule.owner))).toEqual([]);
  expect(rules.parameters.filter((rule) => rule.maxRelaxation !== undefined && rule.strictness === "none")).toEqual([]);
  for (const bundle of bundles) expect(Object.keys(bundle.source.overlays)).toEqual(slugs);
});

test("every kind of parameter is described by some template", () => {
  const kinds = new Set(TEMPLATES.flatMap((name) => TEMPLATE_OF[name].rules.parameters.map((rule) => rule.kind)));
  expect(PARAMETER_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
});

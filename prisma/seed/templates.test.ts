import { expect, test } from "vitest";
import { CHECKS } from "#lib/gates/model.ts";
import { PARAMETER_KINDS, TEMPLATES } from "#lib/systems/model.ts";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import { complaints } from "./testing/conformance.ts";

const OWNERS = ["platform", "safety", "ml", "retrieval", "product"];

test.each(TEMPLATES)("the bundles of %s are as its own catalogue and constraints say", (name) => {
  const template = TEMPLATE_OF[name];
  const sources = Object.fromEntries(template.bundles.map((bundle) => [bundle.slug, bundle.source]));
  expect(complaints(template.rules, sources)).toEqual([]);
});

test.each(TEMPLATES)("the catalogue of %s says each thing once, with known owners and sensible limits", (name) => {
  const { rules, bundles, environments } = TEMPLATE_OF[name];
  const patterns = rules.parameters.map((rule) => `${rule.bundle ?? ""} ${rule.pattern}`);
  expect(new Set(patterns).size).toBe(patterns.length);
  expect(rules.parameters.filter((rule) => !OWNERS.includes(rule.owner))).toEqual([]);
  const slugs = bundles.map((bundle) => bundle.slug);
  expect(rules.parameters.filter((rule) => rule.bundle !== undefined && !slugs.includes(rule.bundle))).toEqual([]);
  expect(rules.parameters.filter((rule) => rule.maxRelaxation !== undefined && rule.strictness === "none")).toEqual([]);
  for (const list of [rules.constraints, rules.policies]) {
    expect(new Set(list.map((one) => one.id)).size).toBe(list.length);
  }
  const checks = new Set<string>(CHECKS);
  expect(rules.policies.flatMap((policy) => policy.requiredChecks).filter((check) => !checks.has(check))).toEqual([]);
  for (const bundle of bundles) {
    expect(Object.keys(bundle.source.overlays)).toEqual(environments.map((environment) => environment.slug));
  }
});

test("every kind of parameter is described by some template", () => {
  const kinds = new Set(TEMPLATES.flatMap((name) => TEMPLATE_OF[name].rules.parameters.map((rule) => rule.kind)));
  expect(PARAMETER_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
});

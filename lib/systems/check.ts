import { z } from "zod";
import { query } from "#lib/query.ts";
import { Slug } from "#lib/systems/input.ts";
import { checkRules } from "#lib/systems/rules-check.ts";
import { RulesDocument } from "#lib/systems/rules-document.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { environmentsOf, systemBySlug } from "#lib/systems/store.ts";

/** Judges rules that are still being written. Nothing is stored. */
export const checkRulesDocument = query(
  {
    name: "rules.check",
    may: "system:read",
    on: ofSystem,
    input: z.object({ system: Slug, rules: RulesDocument }),
    summary: "Check rules without storing them: patterns, schemas, CEL expressions, and the names that they use",
    http: { method: "POST", path: "/systems/{system}/rules/check" },
  },
  async ({ db, input }) => {
    const system = await systemBySlug(db, input.system);
    const [environments, groups, bundles] = await Promise.all([
      environmentsOf(db, system.id),
      db.group.findMany({ select: { slug: true } }),
      db.bundle.findMany({ where: { systemId: system.id }, select: { slug: true } }),
    ]);
    return checkRules(input.rules, {
      environments: environments.map((one) => one.slug),
      groups: groups.map((one) => one.slug),
      bundles: bundles.map((one) => one.slug),
    });
  },
);

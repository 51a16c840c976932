import { digestOf } from "#lib/kernel/digest.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Rules } from "#lib/systems/model.ts";
import { assertRulesHold, type RulesSurroundings } from "#lib/systems/rules-check.ts";
import { environmentsOf } from "#lib/systems/store.ts";
import { rulesAsJson } from "./rules-merge.ts";

/** What the rules of a system may name. */
export async function rulesSurroundings(reader: Reader, systemId: string): Promise<RulesSurroundings> {
  const environments = await environmentsOf(reader, systemId);
  const groups = await reader.group.findMany({ select: { slug: true } });
  const bundles = await reader.bundle.findMany({ where: { systemId }, select: { slug: true } });
  return {
    environments: environments.map((one) => one.slug),
    groups: groups.map((one) => one.slug),
    bundles: bundles.map((one) => one.slug),
  };
}

/** @throws Refusal `invalid` when the rules are the same as before, or cannot be used */
export async function assertUsableRules(
  reader: Reader,
  systemId: string,
  { before, after }: { readonly before: Rules; readonly after: Rules },
): Promise<void> {
  if (digestOf(rulesAsJson(before)) === digestOf(rulesAsJson(after))) {
    throw new Refusal("invalid", "These rules are the same as those in force; there is nothing to review");
  }
  assertRulesHold(after, await rulesSurroundings(reader, systemId));
}

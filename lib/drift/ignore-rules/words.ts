import type { AuditLine } from "#lib/audit/model.ts";
import type { Json } from "#lib/kernel/json.ts";
import type { NewIgnoreRule } from "./store.ts";

type Told = Pick<AuditLine, "action" | "summary" | "reason" | "detail">;
type Named = { readonly id: string; readonly systemId: string; readonly environments: readonly string[] };

/** An event about an ignore rule, with the environment where there is just one that it is for. */
export function ignoreRuleLine({ id, systemId, environments }: Named, told: Told): AuditLine {
  const [environment, ...others] = environments;
  const isOne = environment !== undefined && others.length === 0;
  return { ...told, subject: { type: "ignore_rule", id }, systemId, ...(isOne && { environment }) };
}

/** What the log keeps of a rule. */
export function ruleAsDetail(rule: Omit<NewIgnoreRule, "systemId" | "ownerId" | "createdBy" | "reason">): Json {
  return {
    pattern: rule.pattern,
    kinds: [...rule.kinds],
    environments: [...rule.environments],
    bundle: rule.bundle,
    owner: rule.ownerName,
    expiresAt: rule.expiresAt.toISOString(),
  };
}

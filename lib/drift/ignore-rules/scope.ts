import type { Scope } from "#lib/access/actor.ts";
import type { Reader } from "#lib/platform/db.ts";
import { systemBySlug } from "#lib/systems/store.ts";
import { loadIgnoreRule } from "./store.ts";

/** The system, narrowed to an environment where just one is meant. */
function reachOf(systemId: string, environments: readonly string[]): Scope {
  const [environment, ...others] = environments;
  return environment === undefined || others.length > 0 ? { systemId } : { systemId, environment };
}

/** The scope of a rule that is to be added. @throws Refusal `not_found` */
export async function ofNewIgnoreRule({
  tx,
  input,
}: {
  tx: Reader;
  input: { system: string; environments: readonly string[] };
}): Promise<Scope> {
  return reachOf((await systemBySlug(tx, input.system)).id, input.environments);
}

/** The scope of a rule that is named by its id. @throws Refusal `not_found` */
export async function ofIgnoreRule({ tx, input }: { tx: Reader; input: { rule: string } }): Promise<Scope> {
  const { systemId, environments } = await loadIgnoreRule(tx, input.rule);
  return reachOf(systemId, environments);
}

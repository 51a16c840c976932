import type { Scope } from "#lib/access/actor.ts";
import type { Reader } from "#lib/platform/db.ts";
import { systemBySlug } from "#lib/systems/store.ts";

/** The scope of a command whose input names a system by slug. @throws Refusal `not_found` */
export async function ofSystem({ tx, input }: { tx: Reader; input: { system: string } }): Promise<Scope> {
  return { systemId: (await systemBySlug(tx, input.system)).id };
}

/** The scope of a command whose input names a system and an environment of it. */
export async function ofEnvironment({
  tx,
  input,
}: {
  tx: Reader;
  input: { system: string; environment: string };
}): Promise<Scope> {
  return { systemId: (await systemBySlug(tx, input.system)).id, environment: input.environment };
}

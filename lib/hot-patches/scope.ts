import type { Scope } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** What is said of a number that no patch has. */
export function missingHotPatch({ number }: { readonly number: number }): string {
  return `There is no hot-patch HP-${number}`;
}

/** The environment of a patch that is named by its number. @throws Refusal `not_found` */
export async function ofHotPatch({ tx, input }: { tx: Reader; input: { number: number } }): Promise<Scope> {
  const row = await tx.hotPatch.findUnique({
    where: { number: input.number },
    select: { systemId: true, environmentId: true },
  });
  if (!row) throw new Refusal("not_found", missingHotPatch(input));
  const environment = await tx.environment.findUniqueOrThrow({
    where: { id: row.environmentId },
    select: { slug: true },
  });
  return { systemId: row.systemId, environment: environment.slug };
}

import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** What is said of an instance that is not there. */
export const NO_INSTANCE = "This instance is not known any more";

/** The scope of what concerns one instance: its environment. @throws Refusal `not_found` */
export async function ofRuntime({ tx, input }: { readonly tx: Reader; readonly input: { readonly runtime: string } }) {
  const found = await tx.runtime.findUnique({
    where: { id: input.runtime },
    select: { systemId: true, environmentId: true },
  });
  if (!found) throw new Refusal("not_found", NO_INSTANCE);
  const { slug } = await tx.environment.findUniqueOrThrow({
    where: { id: found.environmentId },
    select: { slug: true },
  });
  return { systemId: found.systemId, environment: slug };
}

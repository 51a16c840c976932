import type { Actor, Scope } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** The scope of a command whose input names an environment by its id. @throws Refusal `not_found` */
export async function ofPlaceIds({ tx, input }: { tx: Reader; input: { environmentId: string } }): Promise<Scope> {
  const environment = await tx.environment.findUnique({
    where: { id: input.environmentId },
    select: { systemId: true, slug: true },
  });
  if (!environment) throw new Refusal("not_found", "There is no such environment");
  return { systemId: environment.systemId, environment: environment.slug };
}

/** The scope of a command or query about one finding. @throws Refusal `not_found` */
export async function ofFinding({ tx, input }: { tx: Reader; input: { finding: number } }): Promise<Scope> {
  const finding = await tx.driftFinding.findUnique({
    where: { number: input.finding },
    select: { systemId: true, environmentId: true },
  });
  if (!finding) throw new Refusal("not_found", `There is no finding F-${input.finding}`);
  return ofPlaceIds({ tx, input: finding });
}

/** What is derived from observations is written by Plumbline alone. @throws Refusal `forbidden` */
export function assertJob(actor: Actor): void {
  if (actor.kind !== "job") {
    throw new Refusal("forbidden", "Findings follow from what runtimes report; nobody writes them by hand");
  }
}

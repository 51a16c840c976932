import type { Scope } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";

/** @throws Refusal `not_found` */
export async function loadDeployment(reader: Reader, number: number) {
  const deployment = await reader.deployment.findUnique({
    where: { number },
    include: {
      snapshot: { select: { number: true, effectiveDigest: true } },
      environment: true,
      bundle: { select: { name: true } },
    },
  });
  if (!deployment) throw new Refusal("not_found", `There is no deployment ${number}`);
  return deployment;
}

/** The scope of a command whose input names a deployment. */
export async function ofDeployment({ tx, input }: { tx: Reader; input: { deployment: number } }): Promise<Scope> {
  const deployment = await loadDeployment(tx, input.deployment);
  return { systemId: deployment.systemId, environment: deployment.environment.slug };
}

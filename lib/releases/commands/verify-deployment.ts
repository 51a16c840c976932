import type { Scope } from "#lib/access/actor.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { VerifyDeployment } from "#lib/releases/input.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import { verdictOf } from "#lib/releases/rules.ts";
import { settleDeployment } from "#lib/releases/store.ts";

async function load(reader: Reader, number: number) {
  const deployment = await reader.deployment.findUnique({
    where: { number },
    include: { snapshot: { select: { effectiveDigest: true } }, environment: true, bundle: { select: { name: true } } },
  });
  if (!deployment) throw new Refusal("not_found", `There is no deployment ${number}`);
  return deployment;
}

async function ofDeployment({ tx, input }: { tx: Reader; input: { deployment: number } }): Promise<Scope> {
  const deployment = await load(tx, input.deployment);
  return { systemId: deployment.systemId, environment: deployment.environment.slug };
}

/** Until runtimes report by themselves, a person or a pipeline states which digest they saw running. */
export const verifyDeployment = command(
  {
    name: "deployment.verify",
    may: "deployment:verify",
    on: ofDeployment,
    input: VerifyDeployment,
    summary: "State which digest was seen running: the deployment is verified when it is its own, and failed otherwise",
    http: { method: "POST", path: "/deployments/{deployment}/verification" },
  },
  async ({ tx, actor, now, input }) => {
    const deployment = await load(tx, input.deployment);
    const state = verdictOf(
      {
        number: deployment.number,
        state: deployment.state as DeploymentState,
        effectiveDigest: deployment.snapshot.effectiveDigest,
      },
      input.digest,
    );
    await settleDeployment(tx, deployment, {
      state,
      verification: { by: actor.name, at: now.toISOString(), digest: input.digest, evidence: input.evidence },
      verifiedAt: state === "verified" ? now : null,
    });
    const where = `${deployment.bundle.name} in ${deployment.environment.name}`;
    return {
      result: { deployment: deployment.number, state },
      audit: [
        {
          action: state === "verified" ? "deployment.verified" : "deployment.failed",
          subject: { type: "deployment", id: String(deployment.number) },
          summary:
            state === "verified"
              ? `${actor.name} saw ${where} run what was deployed`
              : `${actor.name} saw ${where} run something else than what was deployed`,
          systemId: deployment.systemId,
          environment: deployment.environment.slug,
          changeRequestId: deployment.changeRequestId,
          reason: input.evidence,
          detail: { expected: deployment.snapshot.effectiveDigest, seen: input.digest },
        },
      ],
    };
  },
);

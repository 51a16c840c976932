import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { VerifyDeployment } from "#lib/releases/input.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import { verdictOf } from "#lib/releases/rules.ts";
import { loadDeployment, ofDeployment } from "#lib/releases/scope.ts";
import { hasLiveRuntimes, settleDeployment } from "#lib/releases/store.ts";

/** Where no runtime reports by itself, a person or a pipeline states which digest they saw running. */
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
    const deployment = await loadDeployment(tx, input.deployment);
    if (await hasLiveRuntimes(tx, deployment, now)) {
      throw new Refusal(
        "conflict",
        "Runtimes report here: this deployment is verified by what they run, and needs no statement",
      );
    }
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

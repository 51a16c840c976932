import { raiseAlert } from "#lib/alerts/raise.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { ObserveDeployment } from "#lib/releases/input.ts";
import type { DeploymentState, Verification } from "#lib/releases/model.ts";
import { loadDeployment, ofDeployment } from "#lib/releases/scope.ts";
import { settleDeployment } from "#lib/releases/store.ts";

const WORDS = {
  verified: { action: "deployment.verified", says: "run what was deployed" },
  partial: { action: "deployment.partly_verified", says: "run what was deployed, the others do not" },
  failed: { action: "deployment.failed", says: "run what was deployed, though each of them was told" },
} as const;

/** What live runtimes report settles a deployment. Only Plumbline itself runs it, when the state changes. */
export const observeDeployment = command(
  {
    name: "deployment.observe",
    may: "deployment:verify",
    on: ofDeployment,
    input: ObserveDeployment,
    summary: "Settle a deployment by what the live runtimes of its environment report",
  },
  async ({ tx, actor, now, input }) => {
    if (actor.kind !== "job") throw new Refusal("forbidden", "What runtimes report is not stated by hand");
    const deployment = await loadDeployment(tx, input.deployment);
    const from = deployment.state as DeploymentState;
    const { state, running, live } = input;
    const before = deployment.verification as Partial<Verification> | null;
    const isRepeat = from === state && before?.running === running && before.live === live;
    if (!deployment.isCurrent || isRepeat || from === "verified") {
      throw new Refusal("conflict", `Deployment ${deployment.number} is ${from.replace("_", " ")} by now`);
    }
    const { action, says } = WORDS[state];
    const evidence = `${running} of ${live} live runtimes ${says}`;
    const verification: Verification = {
      by: actor.name,
      at: now.toISOString(),
      digest: input.digest,
      evidence,
      running,
      live,
    };
    await settleDeployment(tx, deployment, { state, verification, verifiedAt: state === "verified" ? now : null });
    const where = `${deployment.bundle.name} in ${deployment.environment.name}`;
    const told =
      state === "failed"
        ? await raiseAlert(
            tx,
            {
              key: `deployment/${deployment.id}/failed`,
              topic: "deployment",
              severity: "high",
              systemId: deployment.systemId,
              environment: deployment.environment.slug,
              title: `Deployment ${deployment.number} of ${where} did not arrive`.slice(0, 120),
              text:
                live === 1
                  ? "Its one live runtime does not run it, though it has reported since and was told"
                  : `None of ${live} live runtimes runs it, though each has reported since and was told`,
              href: `/snapshots/${deployment.snapshot.number}`,
            },
            now,
          )
        : { outbox: [], notify: [] };
    return {
      result: { deployment: deployment.number, state },
      audit: [
        {
          action,
          subject: { type: "deployment", id: String(deployment.number) },
          summary: `${where}: ${evidence}`,
          systemId: deployment.systemId,
          environment: deployment.environment.slug,
          changeRequestId: deployment.changeRequestId,
          detail: { expected: deployment.snapshot.effectiveDigest, seen: input.digest, running, live },
        },
      ],
      outbox: told.outbox,
      notify: told.notify,
    };
  },
);

import type { Actor } from "#lib/access/actor.ts";
import { jobActor } from "#lib/access/job-actor.ts";
import type { Cases, World } from "#lib/api/testing/cases.ts";
import { suppressFinding } from "#lib/drift/commands/triage-finding.ts";
import { aFleet, type Fleet } from "#lib/drift/testing/fleet.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";

const plumbline = jobActor({ id: "comparing", name: "Plumbline", role: "administrator" });

async function aPlace(house: World): Promise<Fleet> {
  return aFleet({ house, base: `temperature: 0.${Date.now()}\n` });
}

/** A finding that is open, in a house of its own: where runtimes report, deployments are not verified by hand. */
async function aFinding(): Promise<{ readonly by: Actor; readonly finding: number }> {
  const fleet = await aFleet({ base: "temperature: 0.4\n" });
  await fleet.report({ document: { temperature: 0.9 } });
  await fleet.compare();
  const [found] = await fleet.findings();
  return { by: fleet.house.ada, finding: found?.number ?? 0 };
}

const reason = "Because of this test";
const until = () => new Date(Date.now() + 86_400_000);

/** Findings and what runtimes say of deployments. */
export const driftCases: Cases = {
  "drift.record": async (world) => {
    const { place } = await aPlace(world);
    const difference = {
      fingerprint: digestOf({ at: Date.now() }),
      kind: "value_changed",
      severity: "medium",
      pointer: "/temperature",
      declared: 0.4,
      observed: 0.9,
      declaredDigest: null,
      observedDigest: null,
      instances: 1,
      summary: "temperature is 0.9 instead of 0.4",
    };
    const input = { ...place, observedAt: null, onsetAfter: null, isConclusive: true, differences: [difference] };
    return { by: plumbline, input };
  },
  "finding.acknowledge": async () => {
    const { by, finding } = await aFinding();
    return { by, input: { finding } };
  },
  "finding.acknowledgeAll": async () => {
    const { by, finding } = await aFinding();
    return { by, input: { findings: [finding] } };
  },
  "finding.suppress": async () => {
    const { by, finding } = await aFinding();
    return { by, input: { finding, until: until(), reason } };
  },
  "finding.unsuppress": async () => {
    const { by, finding } = await aFinding();
    await suppressFinding(by, { finding, until: until(), reason });
    return { by, input: { finding } };
  },
  "finding.accept": async () => {
    const { by, finding } = await aFinding();
    return { by, input: { finding, reason } };
  },
  "deployment.observe": async (world) => {
    const { place } = await aPlace(world);
    const { number, snapshot } = await database().deployment.findFirstOrThrow({
      where: { ...place, isCurrent: true },
      include: { snapshot: true },
    });
    const input = { deployment: number, state: "failed", running: 0, live: 3, digest: snapshot.effectiveDigest };
    return { by: plumbline, input };
  },
};

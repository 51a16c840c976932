import { randomBytes } from "node:crypto";
import type { Cases, World } from "#lib/api/testing/cases.ts";
import { aBundle, aDraft, aVersion, promoted } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { holdEnvironment } from "#lib/systems/commands/hold-environment.ts";
import { currentRules } from "#lib/systems/store.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";

const unique = (prefix: string) => `${prefix}-${randomBytes(4).toString("hex")}`;
const base = "temperature: 0.4\n";
const reason = "Because of this test";

async function revisionOf({ systemId }: World): Promise<number> {
  return (await database().system.findUniqueOrThrow({ where: { id: systemId } })).revision;
}

async function draftOf(world: World): Promise<{ readonly draftId: string; readonly revision: number }> {
  const draftId = await aDraft(world, { base });
  const { revision } = await database().draft.findUniqueOrThrow({ where: { id: draftId } });
  return { draftId, revision };
}

/** Systems, bundles, drafts and deployments. */
export const systemCases: Cases = {
  "system.create": async ({ boss }) => ({
    by: boss,
    input: {
      slug: unique("system"),
      name: "System",
      owningTeam: "Team",
      riskTier: "limited",
      template: "rag-pipeline",
    },
  }),
  "system.describe": async (world) => ({
    by: world.boss,
    input: {
      system: world.system,
      name: "Other",
      owningTeam: "Team",
      riskTier: "high",
      revision: await revisionOf(world),
    },
  }),
  "system.protect": async (world) => ({
    by: world.boss,
    input: { system: world.system, reason, revision: await revisionOf(world) },
  }),
  "environment.add": async (world) => ({
    by: world.boss,
    input: { system: world.system, slug: unique("canary"), name: "Canary", revision: await revisionOf(world) },
  }),
  "environment.hold": async ({ boss, system }) => ({ by: boss, input: { system, environment: "staging", reason } }),
  "environment.liftHold": async ({ boss, system }) => {
    const input = { system, environment: "production", reason };
    await holdEnvironment(boss, input);
    return { by: boss, input };
  },
  "rules.edit": async ({ boss, system, systemId }) => {
    const { id } = await currentRules(database(), systemId);
    const rules = someRules({ parameters: [aRule({ pattern: "/temperature" })] });
    return { by: boss, input: { system, baseRulesId: id, rules, reason } };
  },
  "bundle.create": async ({ boss, system }) => ({
    by: boss,
    input: { system, slug: unique("bundle"), name: "Bundle" },
  }),
  "bundle.archive": async (world) => {
    const bundle = unique("bundle");
    await aBundle(world, bundle);
    return { by: world.boss, input: { system: world.system, bundle, reason, revision: 1 } };
  },
  "draft.start": async ({ ada, system }) => ({ by: ada, input: { system, bundle: "assistant" } }),
  "draft.save": async (world) => ({
    by: world.ada,
    input: { ...(await draftOf(world)), source: { base: "temperature: 0.9\n", overlays: {} } },
  }),
  "draft.rename": async (world) => ({ by: world.ada, input: { ...(await draftOf(world)), title: "Warmer" } }),
  "draft.discard": async (world) => ({ by: world.ada, input: await draftOf(world) }),
  "draft.import": async (world) => ({
    by: world.ada,
    input: { ...(await draftOf(world)), text: '{"temperature": 0.8}' },
  }),
  "deployment.verify": async (world) => {
    const version = await aVersion(world, { base: `temperature: 0.${Date.now()}\n` });
    await promoted(world, { versions: [version], environment: "development" });
    const deployment = await database().deployment.findFirstOrThrow({
      where: { isCurrent: true, systemId: world.systemId },
      include: { snapshot: true },
    });
    const { number, snapshot } = deployment;
    return {
      by: world.boss,
      input: { deployment: number, digest: snapshot.effectiveDigest, evidence: "Seen on host 7" },
    };
  },
};

import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { currentDeployment } from "#lib/releases/store.ts";
import type { Operation, Rules } from "#lib/systems/model.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { currentRules, environmentBySlug, systemBySlug } from "#lib/systems/store.ts";
import { withPatches } from "./effective.ts";
import { servedPatches } from "./load.ts";
import type { PatchInEffect } from "./model.ts";

type Named = { readonly id: string; readonly slug: string; readonly name: string };

/** A bundle in an environment, as a patch finds it. */
export type PatchPlace = {
  readonly system: Named;
  readonly environment: Named;
  readonly bundle: Named;
  readonly rules: Rules;
  readonly policy: Operation["hotPatch"];
  readonly snapshot: { readonly id: string; readonly number: number; readonly effective: JsonObject };
  /** Those that runtimes are served, oldest first. */
  readonly patches: readonly PatchInEffect[];
  readonly served: JsonObject;
  readonly servedDigest: string;
  /** What the system's other bundles are served there, by slug. */
  readonly others: Readonly<Record<string, JsonObject>>;
};

export type PlaceQuestion = {
  readonly system: string;
  readonly environment: string;
  /** May be left out where only one bundle is deployed. */
  readonly bundle?: string;
};

/** @throws Refusal `not_found`, `invalid` when the bundle has to be named, or `conflict` when nothing is deployed there */
export async function patchPlace(reader: Reader, question: PlaceQuestion, now: Date): Promise<PatchPlace> {
  const system = await systemBySlug(reader, question.system);
  const environment = await environmentBySlug(reader, system.id, question.environment);
  const deployed = await deployedBundles(reader, environment.id);
  const bundle = chosenBundle(deployed, question, environment.name);
  const current = await currentDeployment(reader, { bundleId: bundle.id, environmentId: environment.id });
  if (!current) throw new Refusal("conflict", `Nothing of ${bundle.name} runs in ${environment.name}`);
  const { rules } = await currentRules(reader, system.id);
  const effective = current.snapshot.effective as JsonObject;
  const patches = await servedPatches(reader, { bundleId: bundle.id, environmentId: environment.id }, now);
  const served = withPatches(effective, patches);
  const others: Record<string, JsonObject> = {};
  for (const other of deployed.filter((one) => one.id !== bundle.id)) {
    const theirs = await servedPatches(reader, { bundleId: other.id, environmentId: environment.id }, now);
    others[other.slug] = withPatches(other.effective, theirs);
  }
  return {
    system: { id: system.id, slug: system.slug, name: system.name },
    environment: { id: environment.id, slug: environment.slug, name: environment.name },
    bundle: { id: bundle.id, slug: bundle.slug, name: bundle.name },
    rules,
    policy: operationOf(rules, environment.slug).hotPatch,
    snapshot: { id: current.snapshot.id, number: current.snapshot.number, effective },
    patches,
    served,
    servedDigest: patches.length === 0 ? current.snapshot.effectiveDigest : digestOf(served),
    others,
  };
}

type DeployedBundle = Named & { readonly effective: JsonObject };

async function deployedBundles(reader: Reader, environmentId: string): Promise<readonly DeployedBundle[]> {
  const rows = await reader.deployment.findMany({
    where: { environmentId, isCurrent: true },
    select: { bundle: { select: { id: true, slug: true, name: true } }, snapshot: { select: { effective: true } } },
    orderBy: { bundle: { slug: "asc" } },
  });
  return rows.map(({ bundle, snapshot }) => ({ ...bundle, effective: snapshot.effective as JsonObject }));
}

function chosenBundle(deployed: readonly DeployedBundle[], question: PlaceQuestion, environment: string): Named {
  const [first, ...more] = deployed;
  if (!first) throw new Refusal("conflict", `Nothing is deployed in ${environment} yet, so there is nothing to patch`);
  const known = deployed.map((one) => one.slug).join(", ");
  if (question.bundle === undefined && more.length > 0) {
    const message = `Name the bundle: ${environment} runs ${known}`;
    throw new Refusal("invalid", message, { fields: { bundle: [message] } });
  }
  const chosen = deployed.find((one) => one.slug === (question.bundle ?? first.slug));
  if (chosen) return chosen;
  throw new Refusal("not_found", `${environment} runs no bundle ${question.bundle}; it runs ${known}`);
}

import { isInForce, isServed, withPatches } from "#lib/hot-patches/effective.ts";
import { servedPatches } from "#lib/hot-patches/load.ts";
import type { PatchInEffect } from "#lib/hot-patches/model.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import { currentDeployment } from "#lib/releases/store.ts";
import type { Place } from "./model.ts";

/** What one bundle is meant to be in one environment, and what its runtimes are given. */
export type DeclaredState = Place & {
  readonly systemId: string;
  readonly deployment: { readonly id: string; readonly number: number; readonly since: Date };
  readonly snapshot: {
    readonly id: string;
    readonly number: number;
    readonly versionId: string;
    readonly rulesVersionId: string;
    readonly effective: JsonObject;
    readonly effectiveDigest: string;
    readonly underHotPatch: boolean;
  };
  /** Those served, oldest first; some may be over and stay because policy says so. */
  readonly patches: readonly PatchInEffect[];
  /** The snapshot with the patches in force: what observations are compared with. */
  readonly declared: JsonObject;
  readonly declaredDigest: string;
  /** The snapshot with every patch that is served: what runtimes fetch. */
  readonly served: JsonObject;
  readonly servedDigest: string;
  /** When a patch ends next; null: nothing changes by itself. */
  readonly validUntil: Date | null;
};

type Undecided = Pick<DeclaredState, "bundleId" | "environmentId" | "systemId" | "deployment" | "snapshot">;

/** What is declared in a place at this moment; null before the first deployment. */
export async function declaredState(reader: Reader, place: Place, now: Date): Promise<DeclaredState | null> {
  const current = await currentDeployment(reader, place);
  if (!current) return null;
  const { snapshot } = current;
  const undecided = {
    bundleId: place.bundleId,
    environmentId: place.environmentId,
    systemId: current.systemId,
    deployment: { id: current.id, number: current.number, since: current.createdAt },
    snapshot: {
      id: snapshot.id,
      number: snapshot.number,
      versionId: snapshot.versionId,
      rulesVersionId: snapshot.rulesVersionId,
      effective: snapshot.effective as JsonObject,
      effectiveDigest: snapshot.effectiveDigest,
      underHotPatch: snapshot.underHotPatch,
    },
  };
  return underPatches(undecided, await servedPatches(reader, place, now), now);
}

/** The same with the patches that are there now; its deployment must still be the current one. */
export async function declaredAgain(reader: Reader, known: DeclaredState, now: Date): Promise<DeclaredState> {
  const { bundleId, environmentId } = known;
  return underPatches(known, await servedPatches(reader, { bundleId, environmentId }, now), now);
}

/** The same at a later moment, if nobody changes anything: patches end by the clock, and no database has to be asked. */
export function declaredLater({ patches, ...state }: DeclaredState, now: Date): DeclaredState {
  return underPatches(
    state,
    patches.filter((patch) => isServed(patch, now)),
    now,
  );
}

function underPatches(
  { bundleId, environmentId, systemId, deployment, snapshot }: Undecided,
  patches: readonly PatchInEffect[],
  now: Date,
): DeclaredState {
  const { effective, effectiveDigest } = snapshot;
  const inForce = patches.filter((patch) => isInForce(patch, now));
  const declared = withPatches(effective, inForce);
  const served = inForce.length === patches.length ? declared : withPatches(effective, patches);
  const ends = inForce.map((patch) => patch.expiresAt.getTime());
  return {
    bundleId,
    environmentId,
    systemId,
    deployment,
    snapshot,
    patches,
    declared,
    declaredDigest: inForce.length === 0 ? effectiveDigest : digestOf(declared),
    served,
    servedDigest: patches.length === 0 ? effectiveDigest : digestOf(served),
    validUntil: ends.length === 0 ? null : new Date(Math.min(...ends)),
  };
}

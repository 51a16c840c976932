import { applyChanges } from "#lib/kernel/diff.ts";
import { isJsonObject, type JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { PatchChange, PatchInEffect } from "./model.ts";

/** Authorised and not over: what it sets is declared. Decided when it is read; no job has to have run. */
export function isInForce(patch: Pick<PatchInEffect, "state" | "expiresAt">, now: Date): boolean {
  return patch.state === "active" && patch.expiresAt.getTime() > now.getTime();
}

/** Delivered to runtimes: in force, or over where policy says that it stays until somebody decides. */
export function isServed(patch: Pick<PatchInEffect, "state" | "expiresAt" | "revertsAtExpiry">, now: Date): boolean {
  return patch.state === "active" && (!patch.revertsAtExpiry || patch.expiresAt.getTime() > now.getTime());
}

/** A configuration with these patches on top, in the order given. Parameters that a patch takes away are gone. */
export function withPatches(effective: JsonObject, patches: readonly Pick<PatchInEffect, "changes">[]): JsonObject {
  return patches.reduce((value, { changes }) => withChanges(value, changes), effective);
}

/** A configuration with these parameters set or taken away, whatever they are now. */
export function withChanges(effective: JsonObject, changes: readonly PatchChange[]): JsonObject {
  const rebased = changes.flatMap(({ pointer, after }) => {
    const before = getAt(effective, pointer);
    if (before === undefined && after === undefined) return [];
    return [{ pointer, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  });
  const patched = applyChanges(effective, rebased);
  return isJsonObject(patched) ? patched : effective;
}

import { isEmptyObject, isJsonObject, type Json, type JsonObject, jsonEqual, memberOf } from "#lib/kernel/json.ts";
import { applyMergePatch } from "#lib/kernel/merge-patch.ts";
import { childPointer } from "#lib/kernel/pointer.ts";
import type { BundleDocument, Layer, Provenance } from "./model.ts";

/** What one environment gets, and for each leaf (see `leavesOf`) the layer that set it. */
export type EffectiveConfiguration = { readonly value: JsonObject; readonly provenance: Provenance };

/** The configuration of an environment: base, with the environment's overlay applied as a merge patch (RFC 7396). */
export function effectiveValue(document: BundleDocument, environment: string): JsonObject {
  const merged = applyMergePatch(document.base, overlayOf(document, environment));
  return isJsonObject(merged) ? merged : {};
}

export function effectiveConfiguration(document: BundleDocument, environment: string): EffectiveConfiguration {
  const value = effectiveValue(document, environment);
  const provenance: Record<string, Layer> = {};
  attribute(value, { overlay: overlayOf(document, environment), pointer: "", environment }, provenance);
  return { value, provenance };
}

export function overlayOf(document: BundleDocument, environment: string): JsonObject {
  const overlay = memberOf(document.overlays, environment);
  return isJsonObject(overlay) ? overlay : {};
}

/** A leaf comes from the overlay exactly when the overlay sets something there. */
function attribute(
  value: Json,
  at: { readonly overlay: Json | undefined; readonly pointer: string; readonly environment: string },
  provenance: Record<string, Layer>,
): void {
  if (!isJsonObject(value) || isEmptyObject(value)) {
    if (at.pointer !== "") provenance[at.pointer] = at.overlay === undefined ? "base" : at.environment;
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const overlay = isJsonObject(at.overlay) ? memberOf(at.overlay, key) : undefined;
    attribute(member, { ...at, overlay, pointer: childPointer(at.pointer, key) }, provenance);
  }
}

/**
 * The environments whose effective configuration a change of document alters: what approvals must cover. Every one
 * of them when there was no document before.
 */
export function environmentsTouched(
  before: BundleDocument | null,
  after: BundleDocument,
  environments: readonly string[],
): readonly string[] {
  if (before === null) return environments;
  return environments.filter(
    (environment) => !jsonEqual(effectiveValue(before, environment), effectiveValue(after, environment)),
  );
}

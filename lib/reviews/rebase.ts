import type { BundleDocument, Layer } from "#lib/bundles/model.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { removeAt, setAt } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type MergeConflict, mergeThreeWay } from "#lib/kernel/three-way.ts";
import type { Rules } from "#lib/systems/model.ts";
import { type KeyedRules, keyedRules, listedRules, rulesAsJson } from "./rules-merge.ts";

/** A place that both sides changed, differently. Ours: the request; theirs: what took effect meanwhile. */
export type RebaseConflict = MergeConflict & {
  /** Slug; null: the system's rules. */
  readonly bundle: string | null;
  readonly layer: Layer;
};

/** How a person decides a conflict. */
export type Resolution = {
  readonly bundle: string | null;
  readonly layer: Layer;
  readonly pointer: string;
  readonly take: "ours" | "theirs" | "value";
  readonly value?: Json;
};

export type Sides<T> = { readonly base: T; readonly ours: T; readonly theirs: T };

/** What is left to decide, and the outcome so far: at each open conflict, provisionally, ours. */
export type Rebased<T> = { readonly merged: T; readonly conflicts: readonly RebaseConflict[] };

/** Merges a bundle's base document and each overlay, parameter by parameter. */
export function rebaseDocument(
  bundle: string,
  sides: Sides<BundleDocument>,
  resolutions: readonly Resolution[],
): Rebased<BundleDocument> {
  const { base, ours, theirs } = sides;
  const environments = new Set([base, ours, theirs].flatMap((side) => Object.keys(side.overlays)));
  const merge = (layer: Layer, part: (document: BundleDocument) => JsonObject) =>
    mergeLayer({ bundle, layer }, { base: part(base), ours: part(ours), theirs: part(theirs) }, resolutions);
  const mergedBase = merge("base", (document) => document.base);
  const overlays = [...environments].map((environment) => ({
    environment,
    ...merge(environment, (document) => document.overlays[environment] ?? {}),
  }));
  const kept = overlays.filter(
    ({ environment, merged }) => hasOverlay(environment, sides) || Object.keys(merged).length > 0,
  );
  return {
    merged: {
      base: mergedBase.merged,
      overlays: Object.fromEntries(kept.map(({ environment, merged }) => [environment, merged])),
    },
    conflicts: [mergedBase, ...overlays].flatMap((one) => one.conflicts),
  };
}

/** An empty overlay stays where one of the sides still has the layer. */
function hasOverlay(environment: string, { ours, theirs }: Sides<BundleDocument>): boolean {
  return environment in ours.overlays && environment in theirs.overlays;
}

/** Merges two edits of a system's rules, entry by entry. */
export function rebaseRules(sides: Sides<Rules>, resolutions: readonly Resolution[]): Rebased<Rules> {
  const keyed = { base: keyedRules(sides.base), ours: keyedRules(sides.ours), theirs: keyedRules(sides.theirs) };
  const { merged, conflicts } = mergeLayer(
    { bundle: null, layer: "rules" },
    { base: rulesAsJson(keyed.base), ours: rulesAsJson(keyed.ours), theirs: rulesAsJson(keyed.theirs) },
    resolutions,
  );
  return { merged: listedRules(merged as unknown as KeyedRules, keyed), conflicts };
}

function mergeLayer(
  place: { readonly bundle: string | null; readonly layer: Layer },
  sides: Sides<Json>,
  resolutions: readonly Resolution[],
): { readonly merged: JsonObject; readonly conflicts: readonly RebaseConflict[] } {
  const { merged, conflicts } = mergeThreeWay(sides.base, sides.ours, sides.theirs);
  const own = resolutions.filter((one) => one.bundle === place.bundle && one.layer === place.layer);
  let decided = merged;
  const open: RebaseConflict[] = [];
  for (const conflict of conflicts) {
    const resolution = own.find((one) => one.pointer === conflict.pointer);
    if (resolution) decided = resolve(decided, conflict, resolution);
    else open.push({ ...conflict, ...place });
  }
  for (const { pointer } of own) {
    if (!conflicts.some((conflict) => conflict.pointer === pointer)) throw noSuchConflict(place.layer, pointer);
  }
  return { merged: isJsonObject(decided) ? decided : {}, conflicts: open };
}

function resolve(document: Json, conflict: MergeConflict, resolution: Resolution): Json {
  switch (resolution.take) {
    case "ours":
      return document;
    case "theirs":
      return conflict.theirs === undefined
        ? removeAt(document, conflict.pointer)
        : setAt(document, conflict.pointer, conflict.theirs);
    case "value":
      if (resolution.value === undefined) {
        throw new Refusal("invalid", `${conflict.pointer}: give the value that it should have`);
      }
      return setAt(document, conflict.pointer, resolution.value);
  }
}

function noSuchConflict(layer: Layer, pointer: string): Refusal {
  return new Refusal("invalid", `${pointer} in ${layer} is no conflict any more; reload and decide what is left`);
}

/** Resolutions that name a bundle which is not in the request. @throws Refusal `invalid` */
export function assertKnownBundles(resolutions: readonly Resolution[], bundles: readonly (string | null)[]): void {
  const stranger = resolutions.find((one) => !bundles.includes(one.bundle));
  if (stranger) throw new Refusal("invalid", `${stranger.bundle ?? "The rules"} is not part of this change`);
}

import type { BundleSource, Layer } from "#lib/bundles/model.ts";

/** The layers whose text differs. */
export function changedLayers(before: BundleSource, after: BundleSource): readonly Layer[] {
  const layers = new Set(["base", ...Object.keys(before.overlays), ...Object.keys(after.overlays)]);
  return [...layers].filter((layer) => textOf(before, layer) !== textOf(after, layer)).sort();
}

/** The text of one layer; a missing overlay is an empty one. */
export function textOf(source: BundleSource, layer: Layer): string {
  return layer === "base" ? source.base : (source.overlays[layer] ?? "");
}

/** The same source with another text in one layer. */
export function withText(source: BundleSource, layer: Layer, text: string): BundleSource {
  return layer === "base" ? { ...source, base: text } : { ...source, overlays: { ...source.overlays, [layer]: text } };
}

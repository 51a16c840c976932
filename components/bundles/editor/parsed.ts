import { changedLayers } from "#lib/bundles/draft-rules.ts";
import type { BundleDocument, BundleSource, Layer } from "#lib/bundles/model.ts";
import { type ParsedLayer, parseLayer } from "#lib/bundles/parse.ts";

export type ParsedSource = { readonly source: BundleSource; readonly layers: ReadonlyMap<Layer, ParsedLayer> };

/** Every layer as it reads; those that are as in `previous` are not read again. */
export function parseSource(source: BundleSource, previous: ParsedSource | null): ParsedSource {
  const changed = previous ? new Set(changedLayers(previous.source, source)) : null;
  const texts: readonly (readonly [Layer, string])[] = [["base", source.base], ...Object.entries(source.overlays)];
  const layers = texts.map(([layer, text]): readonly [Layer, ParsedLayer] => {
    const known = changed?.has(layer) ? undefined : previous?.layers.get(layer);
    return [layer, known ?? parseLayer(text, layer)];
  });
  return { source, layers: new Map(layers) };
}

/** The document, with a layer that can't be read as it last could, or empty. */
export function readableDocument(parsed: ParsedSource, before: BundleDocument | null): BundleDocument {
  const lastOf = (layer: Layer) =>
    parsed.layers.get(layer)?.value ?? (layer === "base" ? before?.base : before?.overlays[layer]) ?? {};
  const overlays = Object.keys(parsed.source.overlays).map((layer) => [layer, lastOf(layer)] as const);
  return { base: lastOf("base"), overlays: Object.fromEntries(overlays) };
}

import type { BundleSource } from "#lib/bundles/model.ts";
import type { Edit } from "./step.ts";

/** The texts with every edit made, in order. @throws Error when the words to replace are not there exactly once */
export function edited(source: BundleSource, edits: readonly Edit[]): BundleSource {
  const texts = new Map(Object.entries({ base: source.base, ...source.overlays }));
  for (const { layer = "base", find, put } of edits) {
    const parts = (texts.get(layer) ?? "").split(find);
    if (parts.length !== 2) throw new Error(`${layer} holds ${parts.length - 1} times, not once: ${find}`);
    texts.set(layer, parts.join(put));
  }
  const { base = "", ...overlays } = Object.fromEntries(texts);
  return { base, overlays };
}

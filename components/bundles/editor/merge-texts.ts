import { applyPatch, structuredPatch } from "diff";
import { textOf, withText } from "#lib/bundles/draft-rules.ts";
import { sourceFromJson } from "#lib/bundles/edit-source.ts";
import type { BundleSource, Layer } from "#lib/bundles/model.ts";
import { parseLayer } from "#lib/bundles/parse.ts";
import { isJsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { type MergeConflict, mergeThreeWay } from "#lib/kernel/three-way.ts";

export type TextConflict = MergeConflict & { readonly layer: Layer };

export type TextMerge = {
  /** Both people's changes; where they conflict, ours. */
  readonly source: BundleSource;
  /** Parameters that both changed, differently. */
  readonly conflicts: readonly TextConflict[];
  /** Layers that both changed and that can't be merged, because a text can't be read: ours stands whole. */
  readonly unmerged: readonly Layer[];
};

type Texts = { readonly base: string; readonly ours: string; readonly theirs: string };
type LayerMerge = {
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
  readonly isUnmerged: boolean;
};

/**
 * Two people's texts that began from the same one. Layers that only one of them changed are taken as they are; others
 * are merged parameter by parameter, with the comments of both where the lines allow it, else with theirs.
 */
export function mergeTexts(base: BundleSource, ours: BundleSource, theirs: BundleSource): TextMerge {
  const layers = new Set<Layer>(["base", ...[base, ours, theirs].flatMap((one) => Object.keys(one.overlays))]);
  let source = theirs;
  const conflicts: TextConflict[] = [];
  const unmerged: Layer[] = [];
  for (const layer of layers) {
    const texts = { base: textOf(base, layer), ours: textOf(ours, layer), theirs: textOf(theirs, layer) };
    const merge = mergeLayer(texts);
    if (merge.text !== texts.theirs) source = withText(source, layer, merge.text);
    if (merge.isUnmerged) unmerged.push(layer);
    conflicts.push(...merge.conflicts.map((conflict) => ({ ...conflict, layer })));
  }
  return { source, conflicts, unmerged };
}

function mergeLayer({ base, ours, theirs }: Texts): LayerMerge {
  if (ours === theirs || ours === base) return { text: theirs, conflicts: [], isUnmerged: false };
  if (theirs === base) return { text: ours, conflicts: [], isUnmerged: false };
  const [from, mine, other] = [base, ours, theirs].map((text) => parseLayer(text, "base").value);
  if (!from || !mine || !other) return { text: ours, conflicts: [], isUnmerged: true };
  const { merged, conflicts } = mergeThreeWay(from, mine, other);
  if (!isJsonObject(merged)) return { text: ours, conflicts: [], isUnmerged: true };
  const byLines = applyPatch(ours, structuredPatch("", "", base, theirs));
  if (conflicts.length === 0 && byLines !== false) {
    const read = parseLayer(byLines, "base").value;
    // Lines that fit together may still say something else than the parameters do; the parameters decide.
    if (read !== null && jsonEqual(read, merged)) return { text: byLines, conflicts, isUnmerged: false };
  }
  return { text: sourceFromJson(merged, theirs), conflicts, isUnmerged: false };
}

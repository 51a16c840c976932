"use client";

import { useSearchParams } from "next/navigation";
import { withParams } from "#components/ui/filter-url.ts";
import type { Layer } from "#lib/bundles/model.ts";

export const MODES = ["form", "yaml", "json"] as const;
export type Mode = (typeof MODES)[number];

/** Which layer is open, and how: kept in the address, so that it can be shared and survives a reload. */
export function usePlace(layers: readonly Layer[]) {
  const params = useSearchParams();
  const askedMode = params.get("mode");
  const askedLayer = params.get("layer");
  const mode = MODES.find((one) => one === askedMode) ?? "form";
  const layer = layers.find((one) => one === askedLayer) ?? "base";
  const go = (next: { readonly layer?: Layer; readonly mode?: Mode }) =>
    history.replaceState(null, "", withParams(params.toString(), { layer, mode, ...next }));
  return { mode, layer, go };
}

import type { Layer } from "#lib/bundles/model.ts";

/** Name of an exported file: `assistant-1.4.0.yaml`, `assistant-1.4.0.production.json`. `label`: a version, or `draft`. */
export function exportFileName(file: {
  readonly bundle: string;
  readonly label: string;
  readonly layer: Layer;
  readonly format: "yaml" | "json";
}): string {
  const layer = file.layer === "base" ? "" : `.${file.layer}`;
  return `${file.bundle}-${file.label}${layer}.${file.format}`;
}

import { digestOf } from "#lib/kernel/digest.ts";
import { effectiveValue } from "./effective.ts";
import type { BundleDocument } from "./model.ts";

/** Names the document: base and overlays. An overlay that says nothing is the same as none. Server only (hashing). */
export function documentDigest(document: BundleDocument): string {
  const overlays = Object.entries(document.overlays).filter(([, overlay]) => Object.keys(overlay).length > 0);
  return digestOf({ base: document.base, overlays: Object.fromEntries(overlays) });
}

/** The digest of what each environment gets. */
export function effectiveDigests(
  document: BundleDocument,
  environments: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    environments.map((environment) => [environment, digestOf(effectiveValue(document, environment))]),
  );
}

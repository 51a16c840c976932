import type { BundleSource } from "#lib/bundles/model.ts";

/** What was typed and not yet stored, and what it was typed on. */
export type LocalCopy = { readonly revision: number; readonly base: BundleSource; readonly text: BundleSource };

const keyOf = (draftId: string) => `plumbline:draft:${draftId}`;

/** The copy that this browser kept, null when there is none or it can't be read. */
export function readCopy(draftId: string): LocalCopy | null {
  const kept = withStorage((storage) => storage.getItem(keyOf(draftId)));
  if (!kept) return null;
  try {
    const copy: unknown = JSON.parse(kept);
    return isCopy(copy) ? copy : null;
  } catch {
    // Not ours, or cut off: as good as none.
    return null;
  }
}

/** @returns whether the browser had room for it */
export function keepCopy(draftId: string, copy: LocalCopy): boolean {
  return (
    withStorage((storage) => {
      storage.setItem(keyOf(draftId), JSON.stringify(copy));
      return true;
    }) === true
  );
}

export function dropCopy(draftId: string): void {
  withStorage((storage) => storage.removeItem(keyOf(draftId)));
}

/** A browser may refuse its storage, or have no room left; the text is then only on the screen. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function isCopy(value: unknown): value is LocalCopy {
  if (typeof value !== "object" || value === null) return false;
  return (
    "revision" in value &&
    typeof value.revision === "number" &&
    "base" in value &&
    isSource(value.base) &&
    "text" in value &&
    isSource(value.text)
  );
}

function isSource(value: unknown): value is BundleSource {
  if (typeof value !== "object" || value === null || !("base" in value) || !("overlays" in value)) return false;
  const { base, overlays } = value;
  if (typeof base !== "string" || typeof overlays !== "object" || overlays === null) return false;
  return Object.values(overlays).every((text) => typeof text === "string");
}

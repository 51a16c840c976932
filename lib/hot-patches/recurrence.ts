import { LIMITS, type PatchChange } from "./model.ts";

export type PatchedPlace = {
  readonly number: number;
  readonly incident: string;
  readonly systemId: string;
  readonly environmentId: string;
  readonly bundleId: string;
  readonly changes: readonly PatchChange[];
};

export type Recurrence = {
  readonly systemId: string;
  readonly environmentId: string;
  readonly bundleId: string;
  readonly pointer: string;
  /** Oldest first. */
  readonly patches: readonly { readonly number: number; readonly incident: string; readonly after?: unknown }[];
};

/** Parameters that were patched in the same place twice or more, the most often patched first. The caller bounds the time. */
export function recurrencesIn(patches: readonly PatchedPlace[]): readonly Recurrence[] {
  const found = new Map<string, Recurrence>();
  for (const { number, incident, systemId, environmentId, bundleId, changes } of patches) {
    for (const { pointer, after } of changes) {
      const key = `${environmentId} ${bundleId} ${pointer}`;
      const known = found.get(key)?.patches ?? [];
      const patch = { number, incident, ...(after !== undefined && { after }) };
      found.set(key, { systemId, environmentId, bundleId, pointer, patches: [...known, patch] });
    }
  }
  return [...found.values()]
    .filter((one) => one.patches.length >= LIMITS.recurrences)
    .sort((a, b) => b.patches.length - a.patches.length);
}

import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { bySeverity } from "./classify.ts";
import type { Found } from "./compare.ts";
import type { Difference } from "./model.ts";

/** What instances report that counts as one: the digests of their document and of the models that they were served. */
export type Reported = { readonly digest: string | null; readonly modelsDigest: string };

/** A difference of a place, with everyone who shows it. */
export type PlaceDifference = NamedDifference & {
  /** Empty for what is not seen in what instances report. */
  readonly shownBy: readonly Reported[];
};

/** The same difference has the same fingerprint, and is the same finding. */
export type NamedDifference = Difference & { readonly fingerprint: string };

/** What one group of instances shows. */
export type Shown = { readonly found: Found; readonly by: Reported | null; readonly instances: number };

/**
 * The differences of a place, each once however many instances show it, worst first. What the most instances report is
 * what is named as observed.
 */
export function groupDifferences(
  place: Place & { readonly declaredDigest: string | null },
  shown: readonly Shown[],
): readonly PlaceDifference[] {
  const byFingerprint = Map.groupBy(shown, ({ found }) => fingerprintOf(place, found));
  return [...byFingerprint]
    .flatMap(([fingerprint, all]) => {
      const [most] = all.toSorted((a, b) => b.instances - a.instances);
      if (most === undefined) return [];
      return [
        {
          ...most.found,
          fingerprint,
          declaredDigest: place.declaredDigest,
          observedDigest: most.by?.digest ?? null,
          instances: all.reduce((total, one) => total + one.instances, 0),
          shownBy: all.flatMap(({ by }) => (by ? [by] : [])),
        },
      ];
    })
    .sort(
      (a, b) =>
        bySeverity(a.severity, b.severity) ||
        byCodeUnits(a.pointer, b.pointer) ||
        byCodeUnits(a.fingerprint, b.fingerprint),
    );
}

const known = new WeakMap<Found, string>();

/** Of environment, bundle, kind, pointer and both values. A comparison is made in one place, so its word is kept. */
export function fingerprintOf(place: Place, found: Found): string {
  const before = known.get(found);
  if (before !== undefined) return before;
  const fingerprint = newFingerprint(place, found);
  known.set(found, fingerprint);
  return fingerprint;
}

function newFingerprint({ environmentId, bundleId }: Place, found: Found): string {
  const { kind, pointer, declared, observed } = found;
  const named: JsonObject = {
    environmentId,
    bundleId,
    kind,
    pointer,
    ...(declared !== undefined && { declared }),
    ...(observed !== undefined && { observed }),
  };
  return digestOf(named);
}

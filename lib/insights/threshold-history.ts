import { relaxationOf, tidy } from "#lib/bundles/strictness.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import type { ParameterRule, Strictness } from "#lib/systems/model.ts";

/** The value that one deployment declared, and who answers for it. */
export type DeclaredValue = {
  readonly at: Date;
  /** Null: it was not set. */
  readonly value: Json | null;
  readonly snapshot: number;
  readonly change: { readonly number: number; readonly title: string };
  readonly approvedBy: readonly string[];
  readonly deployedBy: string;
};

/** A change of the value, as a point of its history. */
export type ThresholdPoint = DeclaredValue & {
  /** Towards less strict, in the parameter's units; null for the first value, or where one side was not set. */
  readonly relaxation: number | null;
};

/** While a hot-patch set it. */
export type ThresholdPatch = {
  readonly number: number;
  readonly incident: string;
  readonly from: Date;
  readonly to: Date;
  readonly value: Json | null;
};

export type ThresholdPlace = {
  readonly environment: { readonly slug: string; readonly name: string };
  /** Oldest first; each differs from the one before. */
  readonly points: readonly ThresholdPoint[];
  readonly patches: readonly ThresholdPatch[];
  /** What relaxations are counted from; null: nothing was ever accepted here. */
  readonly baseline: Json | null;
  readonly current: Json | null;
  /** Net distance from the baseline towards less strict; null where it cannot be measured. */
  readonly relaxed: number | null;
};

export type Threshold = {
  readonly bundle: { readonly slug: string; readonly name: string };
  readonly pointer: string;
  readonly title: string;
  readonly kind: ParameterRule["kind"];
  readonly unit: string | null;
  readonly owner: string;
  readonly strictness: Strictness;
  /** Greatest sum of relaxations that the catalogue allows; null: it sets no limit. */
  readonly limit: number | null;
  /** In the pipeline's order. */
  readonly places: readonly ThresholdPlace[];
};

/** Declared values, oldest first, as the points at which something changed. Deployments that left it as it was are passed over. */
export function pointsOf(values: readonly DeclaredValue[], strictness: Strictness): readonly ThresholdPoint[] {
  const points: ThresholdPoint[] = [];
  for (const declared of values) {
    const before = points.at(-1);
    if (before && jsonEqual(before.value ?? undefined, declared.value ?? undefined)) continue;
    const relaxation = before ? relaxationOf(before.value ?? undefined, declared.value ?? undefined, strictness) : null;
    points.push({ ...declared, relaxation: relaxation ?? null });
  }
  return points;
}

/** How far a value is from the baseline towards less strict; null where either side cannot be measured. */
export function relaxedSince(baseline: Json | null, current: Json | null, strictness: Strictness): number | null {
  return relaxationOf(baseline ?? undefined, current ?? undefined, strictness) ?? null;
}

/** The greatest share of its limit that any environment uses: 1 is all of it. Without a limit, a relaxation counts a little. */
export function shareOfLimit({ limit, places }: Pick<Threshold, "limit" | "places">): number {
  const most = Math.max(0, ...places.map((place) => place.relaxed ?? 0));
  if (limit === null) return most > 0 ? 0.001 : 0;
  if (limit === 0) return most > 0 ? Number.POSITIVE_INFINITY : 0;
  return tidy(most / limit);
}

import { type BundleRow, type DeclaredBundle, declaredIn } from "#lib/insights/declared.ts";
import { type NextStep, nextStep } from "#lib/insights/next-step.ts";
import type { Running } from "#lib/insights/running.ts";

/** A bundle in an environment: what is declared, what runs, and what to do next. */
export type BoardBundle = DeclaredBundle & { readonly running: Running; readonly next: NextStep | null };

/** Puts together what the board says of a bundle in an environment. Slugs but for `environmentId`. */
export function boardBundle(
  bundle: BundleRow,
  place: {
    readonly system: string;
    readonly environment: string;
    readonly environmentId: string;
    readonly running: Running;
  },
  now: Date,
): BoardBundle {
  const { system, environment, environmentId, running } = place;
  const declared = declaredIn(bundle, environmentId);
  const isDeclared = declared.declared !== null;
  return { ...declared, running, next: nextStep({ system, environment, isDeclared, running }, now) };
}

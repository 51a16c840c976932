import type { NewAlert } from "#lib/alerts/model.ts";
import { bySeverity } from "./classify.ts";
import type { FindingKind, Severity } from "./model.ts";
import type { PlaceNames } from "./place-store.ts";

/** A finding of which people are told. */
export type Told = {
  readonly id: string;
  readonly number: number;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly summary: string;
  readonly reopenings: number;
  readonly revision: number;
};

/** An alert, and the findings of which it tells. */
export type FindingAlert = { readonly alert: NewAlert; readonly findings: readonly Told[] };

/** More at once come as one alert: whoever gets forty mails reads none. */
const MOST_ALONE = 5;
const LONGEST_TITLE = 120;

/** What people are told: each finding by itself, or, where a document is another one altogether, all of them together. */
export function alertsOf(
  place: PlaceNames,
  told: readonly Told[],
  ownerOf: (pointer: string) => string | undefined,
): readonly FindingAlert[] {
  const { system, environment, bundle } = place;
  const where = `${bundle.name} in ${environment.name}`;
  const about = { topic: "drift", systemId: system.id, environment: environment.slug } as const;
  const [worst, ...others] = told.toSorted((a, b) => bySeverity(a.severity, b.severity) || a.number - b.number);
  if (!worst) return [];
  if (told.length <= MOST_ALONE) {
    return [worst, ...others].map((one) => {
      const title = `F-${one.number} ${where}: ${one.summary}`;
      const context = `System ${system.name}, severity ${one.severity}`;
      const alert: NewAlert = {
        ...about,
        key: keyOf(one),
        severity: one.severity,
        title: shortened(title),
        // What the title says whole is not said again: people read both, one after the other.
        text: title === shortened(title) ? context : `${one.summary}. ${context}`,
        href: `/drift/${one.number}`,
        owners: ownersOf([one], ownerOf),
      };
      return { alert, findings: [one] };
    });
  }
  const alert: NewAlert = {
    ...about,
    key: keyOf(worst),
    severity: worst.severity,
    title: shortened(`${told.length} differences in ${where}`),
    text: `The worst is F-${worst.number}: ${worst.summary}. System ${system.name}, severity ${worst.severity}`,
    href: `/drift?system=${system.slug}&environment=${environment.slug}&bundle=${bundle.slug}`,
    owners: ownersOf(told, ownerOf),
  };
  return [{ alert, findings: told }];
}

/** The same opening of the same finding is told once. */
function keyOf({ id, reopenings }: Told): string {
  return `finding/${id}/${reopenings}`;
}

function ownersOf(told: readonly Told[], ownerOf: (pointer: string) => string | undefined): readonly string[] {
  return [...new Set(told.flatMap(({ pointer }) => ownerOf(pointer) ?? []))];
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length <= LONGEST_TITLE ? title : `${letters.slice(0, LONGEST_TITLE - 1).join("")}…`;
}

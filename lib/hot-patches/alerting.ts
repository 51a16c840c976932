import type { NewAlert } from "#lib/alerts/model.ts";
import { type Raised, raiseAlert } from "#lib/alerts/raise.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { currentRules } from "#lib/systems/store.ts";
import type { HotPatch } from "./model.ts";
import { nameOf } from "./rules.ts";
import { type PatchWhere, patchHref } from "./words.ts";

/** @throws Refusal `not_found` when its bundle or environment is gone */
export async function whereIs(
  reader: Reader,
  place: { readonly bundleId: string; readonly environmentId: string },
): Promise<PatchWhere> {
  const named = { slug: true, name: true } as const;
  const [bundle, environment] = await Promise.all([
    reader.bundle.findUnique({ where: { id: place.bundleId }, select: { ...named, system: { select: named } } }),
    reader.environment.findUnique({ where: { id: place.environmentId }, select: named }),
  ]);
  if (!bundle || !environment) throw new Refusal("not_found", "There is no such place");
  const { system, ...rest } = bundle;
  return { system, environment, bundle: rest };
}

/** Slugs of the groups that answer for what a patch changes, by today's catalogue. */
export async function ownersOf(reader: Reader, patch: Pick<HotPatch, "systemId" | "changes">, bundle: string) {
  const { rules } = await currentRules(reader, patch.systemId);
  const catalogue = catalogueOf(rules, bundle);
  return [...new Set(patch.changes.flatMap(({ pointer }) => catalogue.parameterAt(pointer).rule?.owner ?? []))];
}

export type PatchAlert = {
  /** What this is about, once for each patch, for example `filed`. */
  readonly about: string;
  readonly topic: "hot_patch" | "follow_up";
  readonly severity: NewAlert["severity"];
  readonly title: string;
  readonly text: string;
  readonly people?: readonly string[];
  readonly by?: string;
};

/** Tells channels, reviewers, responders and the owners of the parameters; once for each thing that an alert is about. */
export async function alertAbout(
  tx: Tx,
  patch: HotPatch,
  { where, alert, now }: { readonly where: PatchWhere; readonly alert: PatchAlert; readonly now: Date },
): Promise<Raised> {
  const { about, title, ...rest } = alert;
  return raiseAlert(
    tx,
    {
      ...rest,
      key: `hot_patch/${patch.id}/${about}`,
      title: `${nameOf(patch)}: ${title}`.slice(0, 120),
      systemId: patch.systemId,
      environment: where.environment.slug,
      href: patchHref(patch),
      owners: await ownersOf(tx, patch, where.bundle.slug),
    },
    now,
  );
}

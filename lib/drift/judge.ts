import type { Reader } from "#lib/platform/db.ts";
import type { ServedModel } from "#lib/runtimes/model.ts";
import { crossEnvironmentDifferences, providerModelChanges } from "./beside.ts";
import { asDeclared, isOwnedAnywhere, isOwnedByRuntimes, requestedModels } from "./beside-documents.ts";
import { type Found, isDrift } from "./compare.ts";
import { type Against, compareReports } from "./compare-reports.ts";
import type { Shown } from "./differences.ts";
import {
  type ObservedDocument,
  observedDocuments,
  otherEnvironments,
  type Reports,
  reportedModels,
} from "./place-store.ts";
import type { JudgedGroup } from "./verdict.ts";

/** A group of instances, and whether the document that it runs is the declared one, whatever else is to be said. */
export type EvaluatedGroup = Reports & JudgedGroup & { readonly runsDeclared: boolean };

export type Judged = {
  readonly groups: readonly EvaluatedGroup[];
  readonly shown: readonly Shown[];
  /** What live runtimes were served in order, what the most of them say first. */
  readonly models: readonly ServedModel[];
};

/**
 * What each group of live instances shows. Silent ones are not judged: what they last said may long be over. `served`:
 * what providers served first under this deployment.
 */
export async function judge(
  reader: Reader,
  against: Against,
  { reports, served }: { readonly reports: readonly Reports[]; readonly served: readonly ServedModel[] },
): Promise<Judged> {
  const live = reports.filter((group) => !group.isSilent);
  const digests = [...new Set(live.flatMap((group) => (group.digest === null ? [] : [group.digest])))];
  const compared = await compareReports(reader, against, digests);
  const models = await reportedModels(reader, against.place, [...new Set(live.map((group) => group.modelsDigest))]);
  const between = await betweenEnvironments(reader, against, digests);
  const shown: Shown[] = [];
  const inOrder: ServedModel[] = [];
  const groups = reports.map((group): EvaluatedGroup => {
    if (group.isSilent) return { ...group, judgement: "equal", runsDeclared: false };
    const documents = group.digest === null ? undefined : compared.get(group.digest);
    if (!documents) return { ...group, judgement: "unreadable", runsDeclared: false };
    const asked = models.get(group.modelsDigest) ?? [];
    const ofProviders = ofModels(against, asked, { documents, served });
    const moved = ofProviders.filter((one) => one.kind === "provider_model_changed");
    inOrder.push(...asked.filter(({ pointer }) => !moved.some((one) => one.pointer === pointer)));
    const isTold = (one: Found) => documents.some(({ pointer }) => pointer === one.pointer);
    const apart = (between.get(group.digest ?? "") ?? []).filter((one) => !isTold(one));
    const found = [...documents, ...apart, ...ofProviders];
    // It may not have heard of the change yet: its next report tells, or its silence.
    if (group.isBefore && found.some(isDrift)) return { ...group, judgement: "waiting", runsDeclared: false };
    for (const one of found) shown.push({ found: one, by: group, instances: group.instances });
    return { ...group, judgement: judgementOf(found), runsDeclared: !documents.some(isDrift) };
  });
  return { groups, shown, models: inOrder };
}

function judgementOf(found: readonly Found[]): JudgedGroup["judgement"] {
  if (found.some(isDrift)) return "drifted";
  return found.some((one) => one.kind === "hot_patched" && one.ignoredBy === undefined) ? "hot_patched" : "equal";
}

function whereOf({ place, rules, ignoreRules, now }: Against) {
  return { rules, bundle: place.bundle.slug, environment: place.environment.slug, ignoreRules, now };
}

function ofModels(
  against: Against,
  models: readonly ServedModel[],
  { documents, served }: { readonly documents: readonly Found[]; readonly served: readonly ServedModel[] },
): readonly Found[] {
  if (models.length === 0) return [];
  const where = whereOf(against);
  const isTold = (pointer: string) => documents.some((one) => one.pointer === pointer && one.kind !== "hot_patched");
  const asked = requestedModels({ ...where, declared: against.state.declared }, models);
  return [
    ...against.hidden(asked.filter(({ pointer }) => !isTold(pointer))),
    ...providerModelChanges({ ...where, models, before: served }),
  ];
}

/**
 * What runtimes set themselves and must be the same in every environment: no comparison with what is declared says
 * whether it is. Of everything else, a difference between environments is a difference from what is declared, and told once.
 */
async function betweenEnvironments(
  reader: Reader,
  against: Against,
  digests: readonly string[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const { place, state, rules, now } = against;
  const bundle = place.bundle.slug;
  if (!isOwnedAnywhere(rules, bundle)) return new Map();
  const elsewhere = await otherEnvironments(reader, place, now);
  if (elsewhere.length === 0) return new Map();
  const others = elsewhere.map(({ environment, declared, observed }) => ({
    environment,
    declared,
    ...observedOf(observed),
  }));
  const where = { ...whereOf(against), rules: asDeclared(rules) };
  const found = new Map<string, readonly Found[]>();
  for (const digest of digests) {
    const [observed] = await observedDocuments(reader, place, [digest]);
    if (!observed) continue;
    const here = { declared: state.declared, ...observedOf(observed) };
    const all = crossEnvironmentDifferences({ ...where, here, others });
    found.set(
      digest,
      all.filter(({ pointer }) => isOwnedByRuntimes(rules, bundle, pointer)),
    );
  }
  return found;
}

function observedOf({ document, origins }: ObservedDocument) {
  return { observed: document, origins };
}

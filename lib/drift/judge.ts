import type { Reader } from "#lib/platform/db.ts";
import type { ServedModel } from "#lib/runtimes/model.ts";
import { crossEnvironmentDifferences, providerModelChanges } from "./beside.ts";
import { documentWith, excerpt, mustAgree, requestedModels } from "./beside-documents.ts";
import { type Found, isDrift } from "./compare.ts";
import { type Against, compareReports } from "./compare-reports.ts";
import type { Shown } from "./differences.ts";
import { type Elsewhere, otherEnvironments, type Reports, reportedModels } from "./place-store.ts";
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
  const elsewhere = await elsewhereOf(reader, against, [...compared.values()].flat());
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
    const found = [...documents, ...ofEnvironments(against, documents, elsewhere), ...ofProviders];
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

/** Other environments are read only where something differs that must be the same in all of them. */
async function elsewhereOf(reader: Reader, against: Against, found: readonly Found[]): Promise<readonly Elsewhere[]> {
  return differsWhereItMayNot(against, found).length === 0 ? [] : otherEnvironments(reader, against.place, against.now);
}

function differsWhereItMayNot(against: Against, found: readonly Found[]): readonly Found[] {
  const where = whereOf(against);
  return found.filter((one) => isDrift(one) && mustAgree(where, one.pointer));
}

/** Each difference of such a parameter beside what the other environments run. */
function ofEnvironments(
  against: Against,
  documents: readonly Found[],
  elsewhere: readonly Elsewhere[],
): readonly Found[] {
  if (elsewhere.length === 0) return [];
  return differsWhereItMayNot(against, documents).flatMap(({ pointer, observed }) => {
    const here = {
      declared: excerpt(against.state.declared, pointer),
      observed: observed === undefined ? {} : documentWith(pointer, observed),
      origins: {},
    };
    const others = elsewhere.map((one) => ({
      environment: one.environment,
      declared: excerpt(one.declared, pointer),
      observed: excerpt(one.observed.document, pointer),
      origins: one.observed.origins,
    }));
    return crossEnvironmentDifferences({ ...whereOf(against), here, others });
  });
}

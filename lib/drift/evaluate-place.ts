import { endedPatches } from "#lib/hot-patches/load.ts";
import type { PatchInEffect } from "#lib/hot-patches/model.ts";
import type { Reader } from "#lib/platform/db.ts";
import { type DeclaredState, declaredState } from "#lib/runtimes/declared.ts";
import type { Place, ServedModel } from "#lib/runtimes/model.ts";
import type { Operation, Rules } from "#lib/systems/model.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { rulesOfVersion } from "#lib/systems/store.ts";
import { staleFlags } from "./beside.ts";
import { flagEnds, silentRuntimes, unreadableRuntimes } from "./beside-documents.ts";
import type { Found } from "./compare.ts";
import type { Against } from "./compare-reports.ts";
import { groupDifferences, type PlaceDifference } from "./differences.ts";
import { type IgnoreRuleFacts, ignoring } from "./ignore.ts";
import { type EvaluatedGroup, type Judged, judge } from "./judge.ts";
import { ignoreRulesOf, type PlaceNames, placeNames, type Reports, reportsOf } from "./place-store.ts";
import { type LastVerdict, type Verdict, verdictOf } from "./verdict.ts";

/** Everything that is to be said of one place at one moment. */
export type Evaluation = {
  readonly place: PlaceNames;
  readonly state: DeclaredState | null;
  readonly rules: Rules;
  readonly operation: Operation;
  readonly groups: readonly EvaluatedGroup[];
  /** What ignore rules hide included. */
  readonly differences: readonly PlaceDifference[];
  readonly verdict: Verdict;
  /** Whether what is not among the differences is not there: there are live runtimes, and each of them was read. */
  readonly isConclusive: boolean;
  /** What live runtimes were served in order, what the most of them say first. */
  readonly models: readonly ServedModel[];
};

/** What is remembered of a place from one evaluation to the next. */
export type Remembered = {
  readonly last: LastVerdict | null;
  /** What providers served first, and under which deployment. */
  readonly served: { readonly deploymentId: string; readonly models: readonly ServedModel[] } | null;
};

export const NOTHING_REMEMBERED: Remembered = { last: null, served: null };

/**
 * Compares what the runtimes of a place report with what is declared there. As many comparisons and documents read as
 * there are different digests, however many instances; fewer where they were compared before. Null when there is no such
 * place.
 */
export async function evaluatePlace(
  reader: Reader,
  { environmentId, bundleId }: Place,
  { last, served, now }: Remembered & { readonly now: Date },
): Promise<Evaluation | null> {
  const at = { environmentId, bundleId };
  const place = await placeNames(reader, at);
  if (!place) return null;
  const rules = await rulesOfVersion(reader, place.rulesId);
  const operation = operationOf(rules, place.environment.slug);
  const state = await declaredState(reader, at, now);
  const ignoreRules = (await ignoreRulesOf(reader, place.system.id)).filter(
    (rule) => rule.expiresAt.getTime() > now.getTime(),
  );
  const hidden = hiding({ place, ignoreRules, now });
  const ended = state ? await endedPatches(reader, at, now) : [];
  const reports = await reportsOf(reader, at, { now, changedAt: state && declaredSince(state, ended, now) });
  const against: Against | null = state && { place, state, ended, rules, operation, ignoreRules, hidden, now };
  const before = served && served.deploymentId === state?.deployment.id ? served.models : [];
  const { groups, shown, models } = against
    ? await judge(reader, against, { reports, served: before })
    : undeclared(reports);
  const flags = against ? ofFlags(against) : { found: [], ends: [] };
  const whole = [...flags.found, ...hidden(ofRuntimes(place, groups))].map((found) => ({
    found,
    by: null,
    instances: instancesOf(found, groups),
  }));
  const verdict = verdictOf({
    groups,
    isDeclared: state !== null,
    last,
    ends: [
      ...(state?.validUntil ? [state.validUntil] : []),
      ...ignoreRules.map((rule) => rule.expiresAt),
      ...flags.ends,
    ],
    now,
  });
  return {
    place,
    state,
    rules,
    operation,
    groups,
    differences: groupDifferences({ ...at, declaredDigest: state?.declaredDigest ?? null }, [...shown, ...whole]),
    verdict,
    isConclusive: state !== null && verdict.instances > 0 && groups.every(isTelling),
    models,
  };
}

/** Whether a group says what runs now: it is read, and was heard of since what is declared last changed. */
function isTelling({ isSilent, judgement }: EvaluatedGroup): boolean {
  return isSilent || (judgement !== "unreadable" && judgement !== "waiting");
}

/** When what is declared last changed: by a deployment, by a hot-patch that took effect, or by the end of one. */
function declaredSince(state: DeclaredState, ended: readonly PatchInEffect[], now: Date): Date | null {
  const moments = [
    state.deployment.since,
    ...state.patches.flatMap(({ activatedAt }) => activatedAt ?? []),
    ...ended.map(({ expiresAt }) => expiresAt),
  ];
  const past = moments.map((moment) => moment.getTime()).filter((moment) => moment <= now.getTime());
  return past.length === 0 ? null : new Date(Math.max(...past));
}

/** The one evaluator of ignore rules, for what is not found in documents. */
function hiding(question: {
  readonly place: PlaceNames;
  readonly ignoreRules: readonly IgnoreRuleFacts[];
  readonly now: Date;
}): Against["hidden"] {
  const { place, ignoreRules, now } = question;
  const hiddenBy = ignoring(ignoreRules, { bundle: place.bundle.slug, environment: place.environment.slug, now });
  return (found) =>
    found.map((one) => {
      const ignoredBy = hiddenBy(one);
      return ignoredBy === undefined ? one : { ...one, ignoredBy };
    });
}

function ofFlags({ place, state, rules, ignoreRules, now }: Against) {
  const bundle = place.bundle.slug;
  const { declared } = state;
  return {
    found: staleFlags({ rules, bundle, environment: place.environment.slug, ignoreRules, now, document: declared }),
    ends: flagEnds({ rules, bundle, declared }, now),
  };
}

/** Nothing is declared: nothing can be said of what runs. */
function undeclared(reports: readonly Reports[]): Judged {
  return {
    groups: reports.map((group) => ({ ...group, judgement: "undeclared", runsDeclared: false })),
    shown: [],
    models: [],
  };
}

function ofRuntimes({ bundle }: PlaceNames, groups: readonly EvaluatedGroup[]): readonly Found[] {
  const isSilent = groups.some((group) => group.isSilent);
  const isUnreadable = groups.some((group) => !group.isSilent && group.digest === null);
  return [
    ...(isSilent ? [silentRuntimes(bundle.name)] : []),
    ...(isUnreadable ? [unreadableRuntimes(bundle.name)] : []),
  ];
}

/** What is not seen in documents concerns the silent, the unreadable, or whoever is there. */
function instancesOf({ kind }: Found, groups: readonly EvaluatedGroup[]): number {
  const counted = groups.filter((group) => {
    if (kind === "silent_runtime") return group.isSilent;
    return !group.isSilent && (kind !== "unreadable_runtime" || group.digest === null);
  });
  return counted.reduce((total, group) => total + group.instances, 0);
}

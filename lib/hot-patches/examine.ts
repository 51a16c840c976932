import type { Problem } from "#lib/bundles/model.ts";
import { ratchetProblems } from "#lib/bundles/ratchet.ts";
import { validateDocument } from "#lib/bundles/validate.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { acceptedBaseline } from "#lib/releases/ratchet-baseline.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { withChanges } from "./effective.ts";
import type { PatchChange } from "./model.ts";
import { conflictsWith, overlaps, type PatchConflict, type PatchProblem, scopeProblems } from "./patch-scope.ts";
import type { PatchPlace } from "./place.ts";

/** A parameter and its new value, as callers name it. */
export type Wanted = { readonly pointer: string; readonly value?: Json; readonly remove?: boolean };

/** What a patch would do and what speaks against it. */
export type Examination = {
  readonly changes: readonly PatchChange[];
  /** Errors; none: it can be filed. */
  readonly problems: readonly PatchProblem[];
  readonly warnings: readonly PatchProblem[];
  readonly conflicts: readonly PatchConflict[];
  readonly beforeDigest: string;
  /** Of what runtimes would be served. */
  readonly afterDigest: string;
  /** Slugs of the groups that answer for the parameters. */
  readonly owners: readonly string[];
};

/**
 * A patch against what is served in its place now. It is held to everything that a change is held to by its content:
 * schema, constraints over all bundles, secrets, model pins, flags and the ratchet. What was wrong before, elsewhere, is
 * not held against it: an incident is no time to mend it. Behavioural evidence alone is not asked for.
 */
export async function examine(
  reader: Reader,
  place: PatchPlace,
  { wanted, now }: { readonly wanted: readonly Wanted[]; readonly now: Date },
): Promise<Examination> {
  const changes = readable(wanted).map((one) => changeOf(place.served, one));
  const scope = scopeProblems({ changes, rules: place.rules, bundle: place.bundle.slug, current: place.served });
  const catalogue = catalogueOf(place.rules, place.bundle.slug);
  const owners = changes.flatMap(({ pointer }) => catalogue.parameterAt(pointer).rule?.owner ?? []);
  const common = { changes, owners: [...new Set(owners)], beforeDigest: place.servedDigest };
  const conflicts = conflictsWith(changes, place.patches);
  if (scope.length > 0) {
    return { ...common, problems: scope, warnings: [], conflicts, afterDigest: place.servedDigest };
  }
  const after = withChanges(place.served, changes);
  const found = await contentProblems(reader, { place, changes, after }, now);
  const of = (severity: Problem["severity"]) =>
    found
      .filter((problem) => problem.severity === severity)
      .map(({ pointer, message }) => ({ pointer: pointer ?? "", message }));
  return { ...common, problems: of("error"), warnings: of("warning"), conflicts, afterDigest: digestOf(after) };
}

/** @throws Refusal `conflict` naming the other patches, or `invalid` with every problem */
export function assertCanTakeEffect({ problems, conflicts }: Examination): void {
  const [conflict] = conflicts;
  if (conflict) {
    const others = [...new Set(conflicts.map((one) => `HP-${one.number} (${one.incident})`))].join(", ");
    throw new Refusal(
      "conflict",
      `${conflict.pointer} is patched already, by ${others}: end that one first, or choose another parameter`,
      { details: { conflicts } },
    );
  }
  const [first, ...more] = problems;
  if (!first) return;
  const rest = more.length === 0 ? "" : `, and ${more.length} more`;
  throw new Refusal("invalid", `This hot-patch cannot be filed: ${first.message}${rest}`, {
    fields: { changes: problems.map((problem) => problem.message) },
    details: { problems },
  });
}

/** Pointers that can't be read are refused with the scope; they have no value before. */
function readable(wanted: readonly Wanted[]): readonly Wanted[] {
  return wanted.map((one) => (one.remove ? { pointer: one.pointer } : one));
}

function changeOf(served: JsonObject, { pointer, value }: Wanted): PatchChange {
  const before = valueAt(served, pointer);
  return { pointer, ...(before !== undefined && { before }), ...(value !== undefined && { after: value }) };
}

function valueAt(served: JsonObject, pointer: string): Json | undefined {
  try {
    return getAt(served, pointer);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function contentProblems(
  reader: Reader,
  patch: { readonly place: PatchPlace; readonly changes: readonly PatchChange[]; readonly after: JsonObject },
  now: Date,
): Promise<readonly Problem[]> {
  const { place, changes, after } = patch;
  const { rules, environment, bundle, others, served, snapshot } = place;
  const judge = (value: JsonObject) =>
    validateDocument({
      document: { base: value, overlays: {} },
      rules,
      environments: [environment.slug],
      bundle: bundle.slug,
      otherBundles: { [environment.slug]: others },
      now,
    }).problems;
  const key = (problem: Problem) => `${problem.rule} ${problem.pointer ?? ""} ${problem.message}`;
  const known = new Set(judge(served).map(key));
  const isOwn = (problem: Problem) =>
    !known.has(key(problem)) ||
    (problem.pointer && changes.some((one) => overlaps(one.pointer, problem.pointer ?? "")));
  const baseline = await acceptedBaseline(
    reader,
    { bundleId: bundle.id, bundle: bundle.slug, environmentId: environment.id },
    { rules, after },
  );
  return [
    ...judge(after).filter(isOwn),
    ...ratchetProblems({
      rules,
      bundle: bundle.slug,
      environment: environment.slug,
      baseline,
      current: snapshot.effective,
      after,
    }),
  ];
}

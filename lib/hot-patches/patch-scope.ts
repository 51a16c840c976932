import { isJsonObject, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { formatPointer, getAt, parsePointer } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import { LIMITS, type PatchChange, type PatchInEffect } from "./model.ts";

/** Something that keeps a patch from being filed. */
export type PatchProblem = {
  /** JSON Pointer of the parameter; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
};

/** Why a parameter can't be hot-patched; null: it can. */
export function refusedBecause(rule: ParameterRule | undefined): string | null {
  if (rule?.locked) return `${rule.title} is locked: it can only be changed by a change request`;
  if (rule?.tier === "build") return `${rule.title} only takes effect with a new build, which a hot-patch cannot bring`;
  return null;
}

/**
 * Whether the scope is explicit and may be patched at all: at most 20 parameters, each named by itself, none inside
 * another or inside a list, none locked or of tier `build`, each of them really changed.
 */
export function scopeProblems(question: {
  readonly changes: readonly PatchChange[];
  readonly rules: Rules;
  readonly bundle: string;
  /** What is served now. */
  readonly current: JsonObject;
}): readonly PatchProblem[] {
  const { changes } = question;
  if (changes.length === 0) return [{ pointer: "", message: "Name at least one parameter and its new value" }];
  if (changes.length > LIMITS.changes) {
    const message = `A hot-patch changes at most ${LIMITS.changes} parameters; this one has ${changes.length}`;
    return [{ pointer: "", message }];
  }
  const places = changes.map(({ pointer }) => placeProblem(pointer));
  if (places.some((problem) => problem !== null)) return places.filter((problem) => problem !== null);
  return changes.flatMap((change, index) => {
    const earlier = changes.slice(0, index).find((one) => overlaps(one.pointer, change.pointer));
    const message = earlier
      ? `${change.pointer} overlaps ${earlier.pointer}; name each parameter once`
      : changeProblem(change, question);
    return message === null ? [] : [{ pointer: change.pointer, message }];
  });
}

function placeProblem(pointer: string): PatchProblem | null {
  if (pointer === "") return { pointer, message: "Name a parameter; a hot-patch never replaces the whole document" };
  try {
    const segments = parsePointer(pointer);
    if (!segments.some((segment) => segment === "*" || segment === "**")) return null;
    return { pointer, message: `${pointer} has a wildcard; name every parameter by itself` };
  } catch (error) {
    if (error instanceof Refusal) return { pointer, message: error.message };
    throw error;
  }
}

function changeProblem(
  { pointer, before, after }: PatchChange,
  { rules, bundle, current }: { readonly rules: Rules; readonly bundle: string; readonly current: JsonObject },
): string | null {
  if (before === undefined && after === undefined) return `${pointer} is not there, so it cannot be taken away`;
  if (jsonEqual(before, after)) return `${pointer} has this value already`;
  const list = listAround(current, pointer);
  if (list !== null) return `${pointer} is inside the list ${list}; give the whole list`;
  const catalogue = catalogueOf(rules, bundle);
  const inside = isJsonObject(before) || isJsonObject(after) ? rulesBelow(rules, bundle, pointer) : [];
  for (const rule of [catalogue.parameterAt(pointer).rule, ...inside]) {
    const refusal = refusedBecause(rule);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Rules of parameters that lie below a pointer: replacing a mapping replaces them too. */
function rulesBelow(rules: Rules, bundle: string, pointer: string): readonly ParameterRule[] {
  const segments = parsePointer(pointer);
  return catalogueOf(rules, bundle).rules.filter((rule) => {
    const pattern = parsePointer(rule.pattern);
    return (
      pattern.length > segments.length &&
      segments.every((segment, index) => pattern[index] === segment || pattern[index] === "*")
    );
  });
}

function listAround(document: JsonObject, pointer: string): string | null {
  const segments = parsePointer(pointer);
  for (let length = 1; length < segments.length; length++) {
    const around = formatPointer(segments.slice(0, length));
    if (Array.isArray(getAt(document, around))) return around;
  }
  return null;
}

/** The same parameter, or one inside the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** A parameter that another patch sets already. */
export type PatchConflict = {
  readonly pointer: string;
  readonly number: number;
  readonly incident: string;
  /** What the other one sets. */
  readonly theirs: string;
};

/** Every overlap with patches that are served in the same place. */
export function conflictsWith(
  changes: readonly Pick<PatchChange, "pointer">[],
  others: readonly Pick<PatchInEffect, "number" | "incident" | "changes">[],
): readonly PatchConflict[] {
  return changes.flatMap(({ pointer }) =>
    others.flatMap(({ number, incident, changes: theirs }) =>
      theirs
        .filter((one) => overlaps(one.pointer, pointer))
        .map((one) => ({ pointer, number, incident, theirs: one.pointer })),
    ),
  );
}

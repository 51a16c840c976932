import { diffJson, type JsonChange } from "#lib/kernel/diff.ts";
import { isEmptyObject, type Json, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { type Catalogue, catalogueOf } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Risk, Rules } from "#lib/systems/model.ts";
import { effectiveValue } from "./effective.ts";
import type { BundleDocument, ChangeMeaning, ParameterChange } from "./model.ts";
import { relaxationOf } from "./strictness.ts";

const emptyDocument: BundleDocument = { base: {}, overlays: {} };

/**
 * What a change of document does, riskiest first: one row for each parameter that differs in some environment's
 * effective configuration, with the environments it reaches. Where environments go from or to different values, the
 * parameter has a row for each pair of values. A change of base that every overlay hides has a row that reaches none.
 */
export function parameterChanges(comparison: {
  readonly bundle: string;
  readonly before: BundleDocument | null;
  readonly after: BundleDocument;
  readonly environments: readonly string[];
  readonly rules: Rules;
}): readonly ParameterChange[] {
  const { bundle, after, environments } = comparison;
  const before = comparison.before ?? emptyDocument;
  const catalogue = catalogueOf(comparison.rules, bundle);
  const rows = new Map<string, ParameterChange[]>();
  const add = (change: Difference, environment: string | null) => {
    const others = rows.get(change.pointer) ?? [];
    rows.set(change.pointer, others);
    const index = others.findIndex((row) => jsonEqual(row.before, change.before) && jsonEqual(row.after, change.after));
    const same = others[index];
    if (same === undefined) others.push(rowOf(change, bundle, environment === null ? [] : [environment]));
    else if (environment !== null) others[index] = { ...same, environments: [...same.environments, environment] };
  };
  for (const environment of environments) {
    const changes = differences(effectiveValue(before, environment), effectiveValue(after, environment), catalogue);
    for (const change of changes) add(change, environment);
  }
  for (const change of differences(before.base, after.base, catalogue)) {
    if (!rows.has(change.pointer)) add(change, null);
  }
  return sortByRisk([...rows.values()].flat());
}

/** The same for two effective configurations; `environment` is where both are meant, if they are meant in one. */
export function compareEffective(comparison: {
  readonly bundle: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly rules: Rules;
  readonly environment?: string;
}): readonly ParameterChange[] {
  const { bundle, before, after, rules, environment } = comparison;
  const changes = differences(before ?? {}, after ?? {}, catalogueOf(rules, bundle));
  return sortByRisk(changes.map((change) => rowOf(change, bundle, environment === undefined ? [] : [environment])));
}

type Difference = {
  readonly pointer: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly rule?: ParameterRule;
};

/** The differing leaves, gathered into the parameters that the catalogue knows. */
function differences(before: JsonObject, after: JsonObject, catalogue: Catalogue): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const leaf of diffJson(before, after)) {
    if (isHull(leaf, before, after)) continue;
    const { pointer, rule } = catalogue.parameterAt(leaf.pointer);
    if (found.has(pointer)) continue;
    const [from, to] =
      pointer === leaf.pointer ? [leaf.before, leaf.after] : [getAt(before, pointer), getAt(after, pointer)];
    found.set(pointer, {
      pointer,
      ...(from !== undefined && { before: from }),
      ...(to !== undefined && { after: to }),
      ...(rule && { rule }),
    });
  }
  return [...found.values()];
}

/** An object that is left empty, or was empty before: what came or went inside it has rows of its own. */
function isHull(leaf: JsonChange, before: JsonObject, after: JsonObject): boolean {
  if (leaf.before === undefined) return isEmptyObject(leaf.after ?? null) && getAt(before, leaf.pointer) !== undefined;
  return leaf.after === undefined && isEmptyObject(leaf.before) && getAt(after, leaf.pointer) !== undefined;
}

function rowOf(change: Difference, bundle: string, environments: readonly string[]): ParameterChange {
  const { pointer, before, after, rule } = change;
  const relaxation = rule && relaxationOf(before, after, rule.strictness);
  return {
    bundle,
    pointer,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    meaning: meaningOf(change, relaxation),
    ...(rule && { kind: rule.kind, risk: rule.risk, tier: rule.tier, title: rule.title }),
    locked: rule?.locked ?? false,
    ...(rule?.unit !== undefined && { unit: rule.unit }),
    ...(relaxation !== undefined && { relaxation }),
    environments,
  };
}

function meaningOf({ before, after, rule }: Difference, relaxation: number | undefined): ChangeMeaning {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  if (relaxation !== undefined && relaxation !== 0) return relaxation > 0 ? "relaxed" : "tightened";
  if (rule?.kind === "model") return "model";
  return rule?.kind === "prompt" ? "prompt" : "changed";
}

/** What nothing describes may be anything: between medium and low. */
const riskOrder: Readonly<Record<Risk | "unknown", number>> = { critical: 0, high: 1, medium: 2, unknown: 3, low: 4 };
const meaningOrder: readonly ChangeMeaning[] = [
  "relaxed",
  "model",
  "removed",
  "prompt",
  "changed",
  "added",
  "tightened",
];

function sortByRisk(rows: readonly ParameterChange[]): readonly ParameterChange[] {
  return [...rows].sort(
    (a, b) =>
      riskOrder[a.risk ?? "unknown"] - riskOrder[b.risk ?? "unknown"] ||
      meaningOrder.indexOf(a.meaning) - meaningOrder.indexOf(b.meaning) ||
      byCodeUnits(a.pointer, b.pointer) ||
      byCodeUnits(a.environments.join(), b.environments.join()),
  );
}

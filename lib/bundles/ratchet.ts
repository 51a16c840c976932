import { type Json, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { getAt, leavesOf } from "#lib/kernel/pointer.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules, Strictness } from "#lib/systems/model.ts";
import type { Problem } from "./model.ts";
import { relaxationOf, tidy } from "./strictness.ts";

/** A parameter's value at a time; undefined while it was not set. */
export type ValueAt = { readonly value: Json | undefined; readonly at: Date };

export type Relaxation = {
  /** Net distance towards less strict, in the parameter's units; negative when it is stricter than the baseline. */
  readonly total: number;
  /** Every change that moved it, oldest first. */
  readonly steps: readonly { readonly at: Date; readonly relaxation: number }[];
};

/**
 * How far a parameter was relaxed since the accepted baseline, which is the first entry: many small steps add up, and
 * a step back is taken off. Times at which it was not set are passed over.
 */
export function cumulativeRelaxation(history: readonly ValueAt[], strictness: Strictness): Relaxation {
  const steps: { readonly at: Date; readonly relaxation: number }[] = [];
  let total = 0;
  let last: Json | undefined;
  for (const { value, at } of history) {
    if (value === undefined) continue;
    const relaxation = relaxationOf(last, value, strictness);
    if (relaxation !== undefined && relaxation !== 0) {
      total += relaxation;
      steps.push({ at, relaxation });
    }
    last = value;
  }
  return { total: tidy(total), steps };
}

/**
 * Parameters that a change would leave relaxed further from the accepted baseline than the catalogue allows, and
 * guardrails that it would take away. What the change leaves as it is, or makes stricter, is not held against it.
 */
export function ratchetProblems(question: {
  readonly rules: Rules;
  readonly bundle: string;
  readonly environment: string;
  /** Effective configurations; without an accepted baseline there is nothing to add up. */
  readonly baseline: JsonObject | null;
  readonly current: JsonObject | null;
  readonly after: JsonObject;
}): readonly Problem[] {
  const { rules, bundle, environment, baseline, current, after } = question;
  if (baseline === null) return [];
  const { parameterAt } = catalogueOf(rules, bundle);
  const parameters = new Map(
    leavesOf(baseline)
      .map((leaf) => parameterAt(leaf.pointer))
      .map((one) => [one.pointer, one.rule]),
  );
  return [...parameters].flatMap(([pointer, rule]) => {
    if (rule === undefined || rule.strictness === "none" || rule.maxRelaxation === undefined) return [];
    const values = {
      from: getAt(baseline, pointer),
      now: current === null ? undefined : getAt(current, pointer),
      to: getAt(after, pointer),
    };
    const message = ratchetMessage(rule, rule.maxRelaxation, values);
    return message === null
      ? []
      : [{ rule: "ratchet", severity: "error", message, layer: "base", pointer, environment } as const];
  });
}

function ratchetMessage(
  rule: ParameterRule,
  limit: number,
  { from, now, to }: { readonly from: Json | undefined; readonly now: Json | undefined; readonly to: Json | undefined },
): string | null {
  if (jsonEqual(now, to)) return null;
  if (to === undefined) {
    return `${rule.title} is taken away, though it limits how far it may be relaxed; keep it, or accept a new baseline`;
  }
  const total = relaxationOf(from, to, rule.strictness);
  const step = relaxationOf(now, to, rule.strictness);
  if (total === undefined || total <= limit || (step !== undefined && step <= 0)) return null;
  const unit = rule.unit === undefined ? "" : ` ${rule.unit}`;
  return `${rule.title} would be relaxed by ${total}${unit} since the accepted baseline (${String(from)} → ${String(to)}); at most ${limit}${unit} is allowed. Relax it less, or accept a new baseline`;
}

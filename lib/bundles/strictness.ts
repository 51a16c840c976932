import type { Json } from "#lib/kernel/json.ts";
import type { Strictness } from "#lib/systems/model.ts";

/**
 * The signed distance from `before` to `after` towards less strict, in the parameter's units; a truth value counts as
 * 0 or 1. Undefined without a direction, or when a side is neither a number nor a truth value.
 */
export function relaxationOf(
  before: Json | undefined,
  after: Json | undefined,
  strictness: Strictness,
): number | undefined {
  const from = measure(before);
  const to = measure(after);
  if (from === undefined || to === undefined) return undefined;
  switch (strictness) {
    case "higher_is_stricter":
      return tidy(from - to);
    case "lower_is_stricter":
      return tidy(to - from);
    case "none":
      return undefined;
  }
}

function measure(value: Json | undefined): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : undefined;
}

/** Twelve digits: 0.3 − 0.1 is 0.2, as people read it. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}

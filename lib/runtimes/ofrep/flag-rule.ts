import { isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { type Split, variantsOf } from "./assign.ts";

/**
 * fixed: everybody gets this · off: switched off, programs use their own value · split: it depends on who asks; who
 * takes no part gets `outside`, or their own value where that is not there
 */
export type FlagRule =
  | { readonly is: "fixed"; readonly value: Json }
  | { readonly is: "off" }
  | { readonly is: "split"; readonly split: Split; readonly outside?: Json };

/**
 * How a parameter of kind flag is answered (`Flag` of lib/bundles/flags.ts): with its `value`, or true where it has
 * none. A `rollout` below 1 gives it to that share of those who ask.
 */
export function flagRule(name: string, flag: Json): FlagRule {
  if (!isJsonObject(flag)) return { is: "fixed", value: flag };
  const enabled = memberOf(flag, "enabled");
  const value = memberOf(flag, "value");
  if (enabled === false || (enabled !== true && value === undefined)) return { is: "off" };
  const on = value ?? true;
  const share = memberOf(flag, "rollout");
  if (typeof share !== "number" || share >= 1) return { is: "fixed", value: on };
  const split = { name, share, variants: [{ name: "on", weight: 1, value: on }] };
  return { is: "split", split, ...(value === undefined && { outside: false }) };
}

/** How an experiment is answered: with a variant, to the share of those who ask that takes part. */
export function experimentRule(name: string, experiment: JsonObject): FlagRule {
  if (memberOf(experiment, "enabled") === false) return { is: "off" };
  const share = memberOf(experiment, "traffic_share");
  return {
    is: "split",
    split: { name, share: typeof share === "number" ? share : 1, variants: variantsOf(experiment) },
  };
}

/** The experiment that a parameter belongs to: the nearest mapping around it, or itself, that has `variants`. */
export function experimentAround(
  document: JsonObject,
  pointer: string,
): { readonly pointer: string; readonly value: JsonObject } | null {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const value = getAt(document, at);
    if (isJsonObject(value) && isJsonObject(memberOf(value, "variants"))) return { pointer: at, value };
  }
  return null;
}

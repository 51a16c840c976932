import { sha256 } from "#lib/kernel/digest.ts";
import { isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";

/** An arm of an experiment: what a program gets, and how many of those who take part, relative to the others. */
export type Variant = { readonly name: string; readonly weight: number; readonly value: Json };

/** A choice that depends on who asks. `name` separates it from every other one, so that they are independent. */
export type Split = {
  readonly name: string;
  /** Of those who ask, how many take part: 0 to 1. */
  readonly share: number;
  /** In the order of their names; the weights are not negative. */
  readonly variants: readonly Variant[];
};

/**
 * The variant of whoever has this key: always the same one while the weights stay. Null: takes no part. Who takes part
 * and which variant they get are decided apart, so that raising the share moves nobody to another variant.
 */
export function variantFor({ name, share, variants }: Split, targetingKey: string): Variant | null {
  if (pointOf(`${name} share`, targetingKey) >= share) return null;
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = pointOf(`${name} variant`, targetingKey) * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  // Sums of fractions may fall short by a hair.
  return variants.findLast(({ weight }) => weight > 0) ?? null;
}

/** A point in [0, 1), evenly spread over keys: the first 48 bits of SHA-256. */
function pointOf(name: string, targetingKey: string): number {
  return sha256(`${name}\u0000${targetingKey}`).readUIntBE(0, 6) / 2 ** 48;
}

/**
 * The arms of an experiment. An arm that is a mapping may have a `weight` (1 when it says none) and the `value` that
 * programs get; of an arm that is text, which describes it, they get the name; of any other, what it is. Weights may
 * also stand beside the arms, in `weights` by name.
 */
export function variantsOf(experiment: JsonObject): readonly Variant[] {
  const arms = memberOf(experiment, "variants");
  if (!isJsonObject(arms)) return [];
  const beside = memberOf(experiment, "weights");
  return Object.entries(arms)
    .map(([name, arm]) => {
      const own = isJsonObject(arm) ? memberOf(arm, "weight") : undefined;
      const weight = own ?? (isJsonObject(beside) ? memberOf(beside, name) : undefined);
      const value = isJsonObject(arm) ? (memberOf(arm, "value") ?? arm) : typeof arm === "string" ? name : arm;
      return { name, weight: typeof weight === "number" && weight > 0 ? weight : weight === undefined ? 1 : 0, value };
    })
    .sort((a, b) => byCodeUnits(a.name, b.name));
}

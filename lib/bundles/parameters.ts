import type { JsonObject } from "#lib/kernel/json.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import { catalogueOf, type Parameter } from "#lib/systems/catalogue.ts";
import type { ParameterKind, Rules } from "#lib/systems/model.ts";

type Configuration = { readonly value: JsonObject; readonly rules: Rules; readonly bundle: string };

/** Every parameter that an effective configuration sets, once, in the document's order. */
export function parametersOf({ value, rules, bundle }: Configuration): readonly Parameter[] {
  const { parameterAt } = catalogueOf(rules, bundle);
  const found = new Map(
    leavesOf(value)
      .map((leaf) => parameterAt(leaf.pointer))
      .map((one) => [one.pointer, one]),
  );
  return [...found.values()];
}

export function parametersOfKind(kind: ParameterKind, configuration: Configuration): readonly Parameter[] {
  return parametersOf(configuration).filter((parameter) => parameter.rule?.kind === kind);
}

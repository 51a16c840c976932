import { flagsOf } from "#lib/bundles/flags.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { ServedModel } from "#lib/runtimes/model.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import { severityOf } from "./classify.ts";
import type { Found } from "./compare.ts";
import { nameOf } from "./summary.ts";

type Declared = { readonly rules: Rules; readonly bundle: string; readonly declared: JsonObject };

/** When flags that are declared will have to be gone, as far as that is still to come. */
export function flagEnds({ rules, bundle, declared }: Declared, now: Date): readonly Date[] {
  return flagsOf({ value: declared, rules, bundle }).flatMap(({ expires }) =>
    expires !== null && expires.getTime() > now.getTime() ? [expires] : [],
  );
}

/** Models that runtimes asked for, though another one is declared. */
export function requestedModels(question: Declared, models: readonly ServedModel[]): readonly Found[] {
  const { rules, bundle, declared } = question;
  const catalogue = catalogueOf(rules, bundle);
  return models.flatMap(({ pointer, requested }): Found[] => {
    const meant = getAt(declared, pointer);
    if (typeof meant !== "string" || isOneModel(meant, requested)) return [];
    const { rule } = catalogue.parameterAt(pointer);
    return [
      {
        kind: "model_changed",
        severity: severityOf("model_changed", rule?.risk),
        pointer,
        declared: meant,
        observed: requested,
        summary: `${nameOf(pointer, rule)} is ${meant}, and ${requested} was asked for`,
      },
    ];
  });
}

/** `openai/gpt-4o-2024-08-06`, `models/…` and the bare name say the same. */
function isOneModel(a: string, b: string): boolean {
  const bare = (name: string) => name.trim().toLowerCase().split("/").at(-1);
  return bare(a) === bare(b);
}

/** Whether runtimes set the parameter themselves, at least within bounds, and yet it must be the same in every environment. */
export function isOwnedByRuntimes(rules: Rules, bundle: string, pointer: string): boolean {
  return isOwned(catalogueOf(rules, bundle).parameterAt(pointer).rule);
}

/** Whether there is such a parameter. */
export function isOwnedAnywhere(rules: Rules, bundle: string): boolean {
  return catalogueOf(rules, bundle).rules.some(isOwned);
}

function isOwned(rule: ParameterRule | undefined): boolean {
  const owner = rule?.comparison?.owner;
  return rule?.environmentPolicy === "same" && (owner === "runtime" || owner === "shared");
}

const asDeclaredOnce = new WeakMap<Rules, Rules>();

/** The same rules, with nothing left to runtimes; the same object each time, because what is made of rules is kept with them. */
export function asDeclared(rules: Rules): Rules {
  const known = asDeclaredOnce.get(rules);
  if (known) return known;
  const parameters = rules.parameters.map(({ comparison, ...rule }) => {
    if (!comparison) return rule;
    const { owner: _, bounds: _bounds, ...rest } = comparison;
    return { ...rule, comparison: rest };
  });
  const strict = { ...rules, parameters };
  asDeclaredOnce.set(rules, strict);
  return strict;
}

/** Runtimes that stopped reporting; one finding for all of them, so that it is not opened again as their number changes. */
export function silentRuntimes(bundle: string): Found {
  return {
    kind: "silent_runtime",
    severity: severityOf("silent_runtime", undefined),
    pointer: "",
    summary: `Runtimes of ${bundle} stopped reporting`,
  };
}

/** Runtimes of which nobody can say what they run. */
export function unreadableRuntimes(bundle: string): Found {
  return {
    kind: "unreadable_runtime",
    severity: severityOf("unreadable_runtime", undefined),
    pointer: "",
    summary: `What runtimes of ${bundle} run cannot be read`,
  };
}

import { flagsOf } from "#lib/bundles/flags.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { getAt, setAt } from "#lib/kernel/pointer.ts";
import type { ServedModel } from "#lib/runtimes/model.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";
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

/** Whether the parameter must be the same in every environment. */
export function mustAgree({ rules, bundle }: Omit<Declared, "declared">, pointer: string): boolean {
  return catalogueOf(rules, bundle).parameterAt(pointer).rule?.environmentPolicy === "same";
}

/** Whether there is a parameter that must be the same in every environment. */
export function mustAgreeAnywhere(rules: Rules, bundle: string): boolean {
  return catalogueOf(rules, bundle).rules.some((rule) => rule.environmentPolicy === "same");
}

/** As much of a document as says something of one parameter. */
export function excerpt(document: JsonObject, pointer: string): JsonObject {
  const value = getAt(document, pointer);
  return value === undefined ? {} : documentWith(pointer, value);
}

/** A document with nothing but this. */
export function documentWith(pointer: string, value: Json): JsonObject {
  const document = setAt({}, pointer, value);
  return isJsonObject(document) ? document : {};
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

import { applyChanges } from "#lib/kernel/diff.ts";
import { isEmptyObject, isJsonObject, type Json, type JsonObject, jsonEqual } from "#lib/kernel/json.ts";
import { mergePatchOf } from "#lib/kernel/merge-patch.ts";
import { getAt, setAt } from "#lib/kernel/pointer.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";
import { sourceFromJson } from "./edit-source.ts";
import { effectiveValue, overlayOf } from "./effective.ts";
import type { BundleDocument, BundleSource } from "./model.ts";

/** A parameter and what it is to be; no `value`: it is not to be there. */
export type WantedValue = { readonly pointer: string; readonly value?: Json };

export type SettingValues = {
  readonly document: BundleDocument;
  readonly source: BundleSource;
  readonly rules: Rules;
  readonly bundle: string;
  /** Slug of the environment that is to have them. */
  readonly environment: string;
  readonly values: readonly WantedValue[];
};

/**
 * The texts of a bundle, changed so that one environment has these values: in its overlay where the parameter may differ
 * between environments, in base where it must be the same, or where an overlay cannot say it (`null`). Comments stay.
 * @throws Refusal `invalid` for a value that neither layer can give
 */
export function sourceWithValues(setting: SettingValues): BundleSource {
  const { source, environment } = setting;
  const document = setting.values.reduce((current, wanted) => withValue(setting, current, wanted), setting.document);
  assertGiven(setting, document);
  const overlay = overlayOf(document, environment);
  const before = source.overlays[environment];
  const isNeeded = before !== undefined || !isEmptyObject(overlay);
  return {
    base: sourceFromJson(document.base, source.base),
    overlays: { ...source.overlays, ...(isNeeded && { [environment]: sourceFromJson(overlay, before) }) },
  };
}

/** Whether an environment has all of these values. */
export function hasValues(effective: JsonObject, values: readonly WantedValue[]): boolean {
  return values.every(({ pointer, value }) => jsonEqual(getAt(effective, pointer), value));
}

function withValue(setting: SettingValues, document: BundleDocument, wanted: WantedValue): BundleDocument {
  const { environment } = setting;
  const { pointer } = wanted;
  const overlay = overlayOf(document, environment);
  if (!belongsInOverlay(setting, wanted)) {
    return {
      base: objectWith(document.base, wanted),
      overlays: { ...document.overlays, [environment]: objectWith(overlay, { pointer }) },
    };
  }
  const below = getAt(document.base, pointer);
  const said = jsonEqual(below, wanted.value) ? { pointer } : { pointer, value: overlayValue(below, wanted.value) };
  return { base: document.base, overlays: { ...document.overlays, [environment]: objectWith(overlay, said) } };
}

function belongsInOverlay({ rules, bundle }: SettingValues, { pointer, value }: WantedValue): boolean {
  if (holdsNull(value)) return false;
  const catalogue = catalogueOf(rules, bundle);
  return catalogue.rules.length === 0 || catalogue.parameterAt(pointer).rule?.environmentPolicy === "may_differ";
}

/** `null` takes away in an overlay, so that it cannot be a value there. */
function holdsNull(value: Json | undefined): boolean {
  if (value === null) return true;
  return isJsonObject(value) && Object.values(value).some((member) => member !== undefined && holdsNull(member));
}

function overlayValue(below: Json | undefined, value: Json | undefined): Json {
  return value === undefined ? null : mergePatchOf(below, value);
}

/** With the value set, or taken away together with the objects that this leaves empty. */
function objectWith(object: JsonObject, { pointer, value }: WantedValue): JsonObject {
  const changed =
    value === undefined ? applyChanges(object, [{ pointer, before: null }]) : setAt(object, pointer, value);
  return isJsonObject(changed) ? changed : object;
}

function assertGiven({ environment, values }: SettingValues, document: BundleDocument): void {
  const effective = effectiveValue(document, environment);
  const missing = values.find((one) => !hasValues(effective, [one]));
  if (!missing) return;
  throw new Refusal(
    "invalid",
    `${missing.pointer} cannot be given this value in ${environment}; write the draft by hand`,
  );
}

import { isReference } from "#lib/bundles/reference.ts";
import { isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import type { Comparison } from "#lib/systems/model.ts";
import type { NormalParameter } from "./normalise.ts";
import { isRedacted, readLike } from "./normalise-value.ts";

/** Whether what runs is what is declared, both normalised, by the rule of the parameter. */
export function isSame(declared: NormalParameter, observed: NormalParameter): boolean {
  if (declared.text === observed.text) return true;
  const comparison = observed.rule?.comparison ?? {};
  const runs = meantBy(observed, declared);
  if (comparison.owner === "shared" && isWithin(runs, comparison.bounds)) return true;
  return areClose(meantBy(declared, observed), runs, comparison.tolerance ?? 0);
}

/** Where the catalogue does not say what is wanted, an environment variable's text means what the other side has. */
function meantBy({ value, isFromVariable }: NormalParameter, other: NormalParameter): Json {
  return isFromVariable === true && typeof value === "string" ? readLike(value, other.value) : value;
}

function isWithin(value: Json, bounds: Comparison["bounds"]): boolean {
  if (typeof value !== "number" || bounds === undefined) return false;
  return value >= (bounds.minimum ?? Number.NEGATIVE_INFINITY) && value <= (bounds.maximum ?? Number.POSITIVE_INFINITY);
}

function areClose(a: Json, b: Json, tolerance: number): boolean {
  if (a === b) return true;
  if (typeof a === "number" && typeof b === "number") return isNear(a, b, tolerance);
  if (isJsonObject(a)) return isJsonObject(b) && (isHiddenSecret(a, b) || areMembersClose(a, b, tolerance));
  if (isJsonObject(b) || !Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item: Json, index) => areClose(item, b[index] ?? null, tolerance));
}

/** 0.3 and 0.1 are 0.2 apart: what floating point adds beyond twelve digits is no distance. */
function isNear(a: number, b: number, tolerance: number): boolean {
  return tolerance > 0 && Number(Math.abs(a - b).toPrecision(12)) <= tolerance;
}

function areMembersClose(a: JsonObject, b: JsonObject, tolerance: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && areClose(memberOf(a, key) ?? null, memberOf(b, key) ?? null, tolerance),
  );
}

/**
 * A secret is declared by reference, and a runtime that resolved it shows at most a fingerprint of what it holds. The
 * two can't be told apart, so they are no difference; two fingerprints, and two references, are compared as they stand.
 */
function isHiddenSecret(a: JsonObject, b: JsonObject): boolean {
  return (isSecretReference(a) && isRedacted(b)) || (isRedacted(a) && isSecretReference(b));
}

function isSecretReference(value: JsonObject): boolean {
  return isReference(value) && Object.hasOwn(value, "$secret");
}

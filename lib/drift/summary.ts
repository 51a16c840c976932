import { findSecrets, secretKindOf } from "#lib/bundles/secrets.ts";
import { tidy } from "#lib/bundles/strictness.ts";
import { isJsonObject, type Json } from "#lib/kernel/json.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import { relaxationBetween, typeOf } from "./classify.ts";
import type { FindingKind } from "./model.ts";
import { isOneValue } from "./normalise-value.ts";

const longest = 60;

/** What people call a parameter: its title, with the names that tell it from others of the same rule. */
export function nameOf(pointer: string, rule: ParameterRule | undefined): string {
  if (rule === undefined) return pointer;
  const names = parsePointer(pointer);
  const own = parsePointer(rule.pattern).flatMap((segment, index) => {
    if (segment === "**") return names.slice(index);
    return segment === "*" ? [names[index] ?? ""] : [];
  });
  return own.length === 0 ? rule.title : `${rule.title} (${own.join(" ")})`;
}

/** A value in a sentence: short, on one line, and never a secret. */
export function showValue(value: Json | undefined, pointer: string, unit?: string): string {
  if (value === undefined) return "not set";
  if (isOneValue(value)) return showReference(value);
  const name = parsePointer(pointer).at(-1) ?? "";
  const hasSecret = typeof value === "string" ? secretKindOf(value, name) !== null : findSecrets(value).length > 0;
  if (hasSecret) return "text that looks like a secret";
  if (typeof value === "string") return `“${shortened(value)}”`;
  if (typeof value === "number" && unit !== undefined) return `${value} ${unit}`;
  return shortened(JSON.stringify(value));
}

function showReference(value: Json): string {
  if (isJsonObject(value) && typeof value.$prompt === "string") return value.$prompt;
  return isJsonObject(value) && typeof value.$secret === "string" ? `the secret ${value.$secret}` : "a hidden value";
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join("")}…`;
}

export type Told = {
  readonly kind: FindingKind;
  readonly pointer: string;
  readonly rule: ParameterRule | undefined;
  /** As people wrote them. */
  readonly declared: Json | undefined;
  readonly observed: Json | undefined;
  /** As they are compared. */
  readonly normal: { readonly declared: Json | undefined; readonly observed: Json | undefined };
  readonly origin: string | undefined;
};

/** One sentence that says what differs. */
export function summaryOf(told: Told): string {
  const { kind, pointer, rule, declared, observed, origin } = told;
  const name = nameOf(pointer, rule);
  const seen = showValue(observed, pointer, rule?.unit);
  const meant = showValue(declared, pointer, rule?.unit);
  const by = origin === undefined ? "" : `, set by ${origin}`;
  switch (kind) {
    case "guardrail_disabled":
      return observed === undefined
        ? `${name} is gone, though ${meant} is declared: the guardrail does not act${by}`
        : `${name} is ${seen} instead of ${meant}: the guardrail is off${by}`;
    case "threshold_relaxed":
      return `${name} is ${seen} instead of ${meant}: relaxed${distance(told)}${by}`;
    case "missing_parameter":
      return `${name} is not there, though ${meant} is declared${by}`;
    case "shadow_parameter":
      return `${name} is ${seen} and nobody declared it${by}`;
    case "environment_override":
      return `${name} is ${seen} instead of ${meant}${by}`;
    case "type_changed":
      return `${name} is ${words(told.normal.observed)}, ${seen}, instead of ${words(told.normal.declared)}, ${meant}${by}`;
    case "prompt_changed":
      return typeof declared === "string" && typeof observed === "string"
        ? `${name} is not the declared text: ${counted(observed)} instead of ${counted(declared)}${by}`
        : `${name} is ${seen} instead of ${meant}${by}`;
    case "model_changed":
    case "provider_model_changed":
    case "value_changed":
    case "cross_environment":
    case "expired_hot_patch":
    case "hot_patched":
    case "stale_flag":
    case "behaviour_changed":
    case "silent_runtime":
    case "unreadable_runtime":
      return `${name} is ${seen} instead of ${meant}${tightened(told)}${by}`;
  }
}

function distance({ rule, normal }: Told): string {
  const by = relaxationBetween({ rule, declared: normal.declared, observed: normal.observed });
  return by === undefined || typeof normal.observed === "boolean"
    ? ""
    : ` by ${tidy(by)}${rule?.unit === undefined ? "" : ` ${rule.unit}`}`;
}

function tightened({ rule, normal }: Told): string {
  const by = relaxationBetween({ rule, declared: normal.declared, observed: normal.observed });
  return by !== undefined && by < 0 ? ": stricter than declared" : "";
}

function words(value: Json | undefined): string {
  if (value === undefined) return "not set";
  const type = typeOf(value);
  switch (type) {
    case "null":
      return "null";
    case "boolean":
      return "a truth value";
    case "number":
      return "a number";
    case "string":
      return "text";
    case "list":
      return "a list";
    case "object":
      return "a mapping";
  }
}

function counted(text: string): string {
  const count = [...text].length.toLocaleString("en");
  return `${count} ${count === "1" ? "character" : "characters"}`;
}

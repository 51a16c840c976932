import { isJsonObject, type Json, type JsonObject, memberOf } from "#lib/kernel/json.ts";
import { childPointer, getAt } from "#lib/kernel/pointer.ts";
import { classifyModel } from "#lib/models/classify.ts";
import type { ModelClassification } from "#lib/models/model.ts";
import type { Rules } from "#lib/systems/model.ts";
import type { Finding } from "./finding.ts";
import { parametersOfKind } from "./parameters.ts";
import { isReference } from "./reference.ts";

/** A model that a configuration names, and what the name is. */
export type NamedModel = {
  readonly pointer: string;
  readonly hasVersion: boolean;
  readonly classification: ModelClassification;
};

type Question = { readonly value: JsonObject; readonly rules: Rules; readonly bundle: string; readonly now: Date };

const soon = 60 * 86_400_000;

/**
 * The models of an effective configuration: parameters of kind model, as text, a list of texts, or a mapping with
 * `name` (or `model`) and `provider`. The provider stands beside the name otherwise, or is guessed from it.
 */
export function modelsOf(question: Question): readonly NamedModel[] {
  return parametersOfKind("model", question).flatMap(({ pointer }) => {
    const parent = getAt(question.value, pointer.slice(0, pointer.lastIndexOf("/")));
    return namesIn(getAt(question.value, pointer), pointer, parent).map(({ at, name, beside }) => ({
      pointer: at,
      hasVersion: textAt(beside, "version", "model_version") !== undefined,
      classification: classifyModel(name, textAt(beside, "provider", "model_provider"), question.now),
    }));
  });
}

/** Names that move are errors; names that hide their model, or can't be judged, and near retirements are warnings. */
export function checkModelPins(question: Question): readonly Finding[] {
  return modelsOf(question).flatMap((model) => {
    const { pointer, classification } = model;
    const { retiresOn } = classification;
    const pinned = checkPin(model);
    if (retiresOn === undefined) return pinned;
    const left = Date.parse(retiresOn) - question.now.getTime();
    if (left > soon) return pinned;
    const message = `${sentence(classification)}. Choose a release that stays`;
    const isPast = left <= 0;
    return [
      ...pinned,
      {
        rule: isPast ? "model.retired" : "model.retiring",
        severity: isPast ? "error" : "warning",
        message,
        pointer,
      } as const,
    ];
  });
}

function checkPin({ pointer, hasVersion, classification }: NamedModel): readonly Finding[] {
  const message = sentence(classification);
  switch (classification.class) {
    case "snapshot":
      return [];
    case "alias":
    case "floating":
      return [
        {
          rule: "model.unpinned",
          severity: "error",
          message: classification.pinTo === undefined ? `${message}. Name a pinned release` : message,
          pointer,
        },
      ];
    case "deployment":
      return hasVersion ? [] : [{ rule: "model.deployment", severity: "warning", message, pointer }];
    case "unknown":
      return [{ rule: "model.unknown", severity: "warning", message, pointer }];
  }
}

function sentence({ name, class: kind, reason }: ModelClassification): string {
  return `“${name}” is ${descriptions[kind]}: ${reason}`;
}

const descriptions: Readonly<Record<ModelClassification["class"], string>> = {
  snapshot: "a pinned release",
  alias: "an alias",
  floating: "a name whose model is replaced in place",
  deployment: "a deployment",
  unknown: "not a name that is known here",
};

type Name = { readonly at: string; readonly name: string; readonly beside: Json | undefined };

function namesIn(value: Json | undefined, at: string, beside: Json | undefined): readonly Name[] {
  if (typeof value === "string") return at.endsWith("/provider") ? [] : [{ at, name: value, beside }];
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => namesIn(item, childPointer(at, String(index)), beside));
  }
  if (!isJsonObject(value) || isReference(value)) return [];
  return ["name", "model"].flatMap((key) => {
    const name = memberOf(value, key);
    return typeof name === "string" ? [{ at: childPointer(at, key), name, beside: value }] : [];
  });
}

function textAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  if (!isJsonObject(value)) return undefined;
  return keys.map((key) => memberOf(value, key)).find((found) => typeof found === "string");
}

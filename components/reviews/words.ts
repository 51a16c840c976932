import { PERMISSIONS_OF, ROLES } from "#lib/access/permissions.ts";
import type { ChangeView } from "#lib/reviews/view.ts";
import type { ChangeKind, Risk } from "#lib/systems/model.ts";

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** One thing, several things. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

export const KIND_WORD: Readonly<Record<ChangeKind, string>> = {
  version: "New version",
  promotion: "Promotion",
  rollback: "Rollback",
  rules: "Rules",
};

type Effect = Pick<ChangeView, "reaches" | "pipeline" | "changes" | "ruleChanges"> & {
  readonly kind: ChangeKind;
  readonly labels: readonly string[];
  readonly system: string;
};

/** The request as far as its consequences go. */
export function effectOf(view: ChangeView): Effect {
  return {
    kind: view.request.kind,
    labels: view.bundles.map((bundle) => bundle.label),
    system: view.system.name,
    reaches: view.reaches,
    pipeline: view.pipeline,
    changes: view.changes,
    ruleChanges: view.ruleChanges,
  };
}

/** Environments by their names, in the pipeline's order. */
export function placesOf({ reaches, pipeline }: Pick<Effect, "reaches" | "pipeline">): readonly string[] {
  return pipeline.filter((one) => reaches.includes(one.slug)).map((one) => one.name);
}

/** The stage that ends the pipeline, when the change reaches it: the one that must not be mistaken for another. */
export function lastStage({ reaches, pipeline }: Pick<Effect, "reaches" | "pipeline">) {
  const last = pipeline.at(-1);
  return last && reaches.includes(last.slug) ? last : null;
}

/** What will happen, in a sentence or two. */
export function consequence(effect: Effect): string {
  const places = listed(placesOf(effect));
  const what = listed(effect.labels);
  switch (effect.kind) {
    case "version":
      return `Publishes ${what}. ${parametersIn(effect)} Nothing runs it until it is promoted.`;
    case "promotion":
      return `Deploys ${what} to ${places}. ${parametersIn(effect)}`;
    case "rollback":
      return `Puts ${what} back into ${places} and holds it there until someone lifts the hold. ${parametersIn(effect)}`;
    case "rules": {
      const entries = counted(effect.ruleChanges.length, "place");
      return `Changes the rules of ${effect.system} in ${entries}. They hold for every change from then on.`;
    }
  }
}

function parametersIn({ kind, changes, pipeline }: Effect): string {
  const count = new Set(changes.map((change) => `${change.bundle}${change.pointer}`)).size;
  if (count === 0) return "No parameter changes.";
  if (kind !== "version") return `${counted(count, "parameter")} ${count === 1 ? "changes" : "change"} there.`;
  const perStage = pipeline.flatMap((stage) => {
    const here = changes.filter((change) => change.environments.includes(stage.slug)).length;
    return here > 0 ? [`${here} in ${stage.name}`] : [];
  });
  return `${counted(count, "parameter")} ${count === 1 ? "changes" : "change"}: ${listed(perStage) || "hidden by overlays everywhere"}.`;
}

/** What the button that puts it into effect says. */
export function applyLabel(effect: Effect): string {
  switch (effect.kind) {
    case "version":
      return effect.labels.length === 1 ? `Publish ${effect.labels[0]}` : `Publish ${effect.labels.length} versions`;
    case "promotion":
      return `Deploy to ${listed(placesOf(effect))}`;
    case "rollback":
      return `Roll back ${listed(placesOf(effect))}`;
    case "rules":
      return "Put the rules in force";
  }
}

/** What the button that approves says: for where. */
export function approveLabel(effect: Effect): string {
  const places = placesOf(effect);
  if (places.length === 0 || effect.kind === "rules") return "Approve";
  if (places.length === effect.pipeline.length && places.length > 2) return "Approve for every environment";
  return `Approve for ${listed(places)}`;
}

const RISKS: readonly Risk[] = ["critical", "high", "medium", "low"];

/** The greatest risk among what changes; null where nothing is described. */
export function greatestRisk(changes: ChangeView["changes"]): Risk | null {
  return RISKS.find((risk) => changes.some((change) => change.risk === risk)) ?? null;
}

/** The name of a text: the file that one would have edited. */
export function textTitle(text: { readonly bundle: string; readonly layer: string }): string {
  switch (text.layer) {
    case "rules":
      return "rules.yaml, changed entries";
    case "content":
      return "what is deployed";
    case "base":
      return `${text.bundle}.yaml`;
    case "effective":
      return `${text.bundle}, as it runs`;
    default:
      return `${text.bundle}.${text.layer}.yaml`;
  }
}

/** The id of a text's diff on its page: lines are `#<id>-R-24`. */
export function textId(text: { readonly bundle: string; readonly layer: string }): string {
  return `${text.bundle || "system"}.${text.layer}`;
}

const EITHER = new Intl.ListFormat("en", { type: "disjunction" });

/** The roles that hold a permission, at the beginning of a sentence: A responder or an administrator. */
export function whoMay(permission: string): string {
  const holders = ROLES.filter((role) => PERMISSIONS_OF[role].some((one) => one === permission));
  const words = EITHER.format(holders.map((role) => `${/^[aeiou]/u.test(role) ? "an" : "a"} ${role}`));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How many parameters change; one that becomes something else in each environment has a row for each. */
export function parametersChanged(changes: readonly { readonly bundle?: string; readonly pointer: string }[]): number {
  return new Set(changes.map((change) => `${change.bundle ?? ""}${change.pointer}`)).size;
}

import { isJsonObject, type Json } from "#lib/kernel/json.ts";
import { getAt, leavesOf } from "#lib/kernel/pointer.ts";
import { type Catalogue, catalogueOf } from "#lib/systems/catalogue.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import type { BundleDocument, Problem } from "./model.ts";

/**
 * An overlay may touch only parameters that may differ between environments, and must be of an environment that the
 * system has. Removing (`null`) touches everything below. Without any catalogue there is nothing to hold it to.
 */
export function checkOverlays(question: {
  readonly document: BundleDocument;
  readonly environments: readonly string[];
  readonly rules: Rules;
  readonly bundle: string;
}): readonly Problem[] {
  const { document, environments } = question;
  const catalogue = catalogueOf(question.rules, question.bundle);
  return Object.entries(document.overlays).flatMap(([layer, overlay]) => {
    if (!environments.includes(layer)) return [unknownEnvironment(layer, environments)];
    if (catalogue.rules.length === 0) return [];
    const problems = new Map<string, Problem>();
    for (const leaf of leavesOf(overlay)) {
      const problem = judge(leaf.pointer, { layer, base: document.base, catalogue });
      if (problem?.pointer !== undefined && !problems.has(problem.pointer)) problems.set(problem.pointer, problem);
    }
    return [...problems.values()];
  });
}

function judge(
  pointer: string,
  { layer, base, catalogue }: { readonly layer: string; readonly base: Json; readonly catalogue: Catalogue },
): Problem | null {
  const own = catalogue.parameterAt(pointer);
  const below = getAt(base, pointer);
  const inside = isJsonObject(below)
    ? leavesOf(below).map((leaf) => catalogue.parameterAt(`${pointer}${leaf.pointer}`))
    : [];
  const fixed = [own, ...inside].find((parameter) => parameter.rule?.environmentPolicy === "same");
  if (fixed?.rule !== undefined)
    return mustBeSame(fixed.rule, fixed.pointer === own.pointer ? own.pointer : pointer, layer);
  if (own.rule !== undefined || inside.some((parameter) => parameter.rule !== undefined)) return null;
  const message =
    "The catalogue does not describe this parameter, so it may not differ between environments; describe it as may_differ, or set it in base";
  return { rule: "overlay.undeclared", severity: "error", message, layer, pointer: own.pointer };
}

function mustBeSame(rule: ParameterRule, pointer: string, layer: string): Problem {
  const message = `${rule.title} must be the same in every environment; set it in base, and remove it here`;
  return { rule: "overlay.same", severity: "error", message, layer, pointer };
}

function unknownEnvironment(layer: string, environments: readonly string[]): Problem {
  const known = environments.length === 0 ? "none yet" : environments.join(", ");
  const message = `This overlay is for “${layer}”, which the system does not have (it has ${known}); rename or remove it`;
  return { rule: "overlay.unknown_environment", severity: "error", message, layer, pointer: "" };
}

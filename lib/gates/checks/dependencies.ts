import { changeHref, type GateFacts, isRequired, parameterItem } from "../facts.ts";
import { counted, type Finding } from "../finding.ts";

/**
 * What depends on a changed parameter has to be looked at again. New versions may be made before that; they cannot be
 * promoted, where a policy asks for it, until each place is re-evaluated or waived by name.
 */
export function dependencies(facts: GateFacts): Finding | null {
  const { kind } = facts.review.request;
  if (kind === "rules") return null;
  const items = facts.reevaluations.map((one) => ({
    item: parameterItem(one.bundle, one.pointer),
    message: `${one.pointer} depends on ${one.because}: ${one.reason}`,
    href: changeHref(facts, "/checks#dependencies"),
  }));
  return {
    id: "dependencies",
    title: "Re-evaluation",
    status: items.length === 0 ? "passed" : "pending",
    isBlocking: kind === "promotion" && isRequired(facts, "dependencies"),
    summary:
      items.length === 0
        ? "Nothing depends on what changes"
        : `${counted(items.length, "parameter")} to re-evaluate, because something that they depend on changes`,
    items,
    clearedBy: "Evidence for the new configuration, or a named person who waives each place",
    override: "change:override",
    href: changeHref(facts, "/checks#dependencies"),
  };
}

import type { Permission } from "#lib/access/permissions.ts";
import { checkOf, type DocumentCheck } from "#lib/bundles/finding.ts";
import { changeHref, type GateFacts, isRequired, isRollback, parameterItem } from "../facts.ts";
import { counted, type Finding } from "../finding.ts";
import type { CheckId } from "../model.ts";
import type { BundleProblem } from "../problems.ts";

type Kind = {
  readonly id: CheckId;
  readonly title: string;
  readonly passed: string;
  /** What one failure is called. */
  readonly noun: string;
  readonly override: Permission | null;
  /** Blocks even where no policy asks for it. */
  readonly isAlwaysBlocking: boolean;
};

/** A check of what would be configured: every problem that its rule finds, each at its place. */
function contentCheck(kind: Kind, problems: readonly BundleProblem[], facts: GateFacts): Finding {
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.length - errors.length;
  const items = [...errors, ...problems.filter((problem) => problem.severity === "warning")].map((problem) => ({
    item: parameterItem(problem.bundle, problem.pointer),
    message: problem.environment ? `${problem.message} (${problem.environment})` : problem.message,
    href: changeHref(facts, `/changes#${problem.bundle}${problem.pointer ?? ""}`),
  }));
  const noted = warnings > 0 ? `, with ${counted(warnings, "warning")}` : "";
  return {
    id: kind.id,
    title: kind.title,
    status: errors.length === 0 ? "passed" : "failed",
    isBlocking: !isRollback(facts) && (kind.isAlwaysBlocking || isRequired(facts, kind.id)),
    summary:
      errors.length === 0 ? `${kind.passed}${noted}` : `${counted(errors.length, kind.noun)}: ${errors[0]?.message}`,
    items,
    clearedBy: "Its author, or anyone who may edit it",
    override: kind.override,
    href: changeHref(facts, "/changes"),
  };
}

/** Requests that configure something; rules have checks of their own. */
function hasContent(facts: GateFacts): boolean {
  return facts.review.content.kind !== "rules";
}

/** A check whose problems are found in the documents themselves. */
function documentCheck(kind: Kind & { readonly id: DocumentCheck }): (facts: GateFacts) => Finding | null {
  return (facts) => {
    if (!hasContent(facts)) return null;
    return contentCheck(
      kind,
      facts.problems.filter((problem) => checkOf(problem) === kind.id),
      facts,
    );
  };
}

const SCHEMA = { id: "schema", title: "Schema", noun: "problem", override: null, isAlwaysBlocking: true } as const;
const ofDocuments = documentCheck({ ...SCHEMA, passed: "Every value fits the catalogue" });

/** Never overridden: nothing could read what does not fit. New rules have to be usable themselves. */
export function schema(facts: GateFacts): Finding | null {
  if (hasContent(facts)) return ofDocuments(facts);
  const problems = facts.rulesProblems.map(({ path, message, severity }) => ({
    rule: "schema",
    severity,
    message: `${path}: ${message}`,
    layer: "rules",
    bundle: "rules",
    pointer: `/${path.replaceAll(".", "/")}`,
  }));
  return contentCheck({ ...SCHEMA, passed: "The rules can be used" }, problems, facts);
}

export const constraints = documentCheck({
  id: "constraints",
  title: "Constraints",
  passed: "Every combination of values is allowed",
  noun: "combination not allowed",
  override: "change:override",
  isAlwaysBlocking: true,
});

export const modelsPinned = documentCheck({
  id: "models_pinned",
  title: "Models pinned",
  passed: "Every model is a pinned release",
  noun: "problem",
  override: "change:override",
  isAlwaysBlocking: true,
});

export const overlayPolicy = documentCheck({
  id: "overlay_policy",
  title: "Overlay policy",
  passed: "Environments differ only where they may",
  noun: "problem",
  override: "change:override",
  isAlwaysBlocking: true,
});

/** Never overridden: what is stored here stays for ever. */
export const secrets = documentCheck({
  id: "secrets",
  title: "Secrets",
  passed: "No text looks like a secret",
  noun: "problem",
  override: null,
  isAlwaysBlocking: true,
});

export const flags = documentCheck({
  id: "flags",
  title: "Flags",
  passed: "Every flag has an owner and an expiry ahead",
  noun: "problem",
  override: "change:override",
  isAlwaysBlocking: false,
});

/** Setting it aside accepts the values as the baseline from which relaxations are counted anew. */
export const ratchet = documentCheck({
  id: "ratchet",
  title: "Ratchet",
  passed: "No guardrail is relaxed further than allowed since its accepted baseline",
  noun: "problem",
  override: "change:override",
  isAlwaysBlocking: false,
});

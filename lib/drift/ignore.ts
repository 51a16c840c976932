import { compilePattern, type Pattern } from "#lib/kernel/pattern.ts";
import type { FindingKind } from "./model.ts";

/** As much of an ignore rule as decides what it hides. */
export type IgnoreRuleFacts = {
  readonly id: string;
  /** JSON Pointer pattern of parameters, as in the catalogue. */
  readonly pattern: string;
  /** Empty: every kind. */
  readonly kinds: readonly FindingKind[];
  /** Environment slugs; empty: every one. */
  readonly environments: readonly string[];
  /** Slug; null: every bundle. */
  readonly bundle: string | null;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
};

type Where = { readonly bundle: string; readonly environment: string; readonly now: Date };

/** The rules that hold in a place at this moment, ready to be asked: the first that hides a difference, or undefined. */
export function ignoring(
  rules: readonly IgnoreRuleFacts[],
  where: Where,
): (difference: { readonly pointer: string; readonly kind: FindingKind }) => string | undefined {
  const inForce = rules.filter((rule) => holds(rule, where));
  if (inForce.length === 0) return () => undefined;
  const patterns: readonly { readonly rule: IgnoreRuleFacts; readonly pattern: Pattern }[] = inForce.map((rule) => ({
    rule,
    pattern: compilePattern(rule.pattern),
  }));
  return ({ pointer, kind }) =>
    patterns.find(
      ({ rule, pattern }) => (rule.kinds.length === 0 || rule.kinds.includes(kind)) && pattern.matches(pointer),
    )?.rule.id;
}

/** An expiry is decided when it is read: no job has to have run. */
function holds(rule: IgnoreRuleFacts, { bundle, environment, now }: Where): boolean {
  return (
    rule.endedAt === null &&
    rule.expiresAt.getTime() > now.getTime() &&
    (rule.bundle === null || rule.bundle === bundle) &&
    (rule.environments.length === 0 || rule.environments.includes(environment))
  );
}

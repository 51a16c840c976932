import type { Json, JsonObject } from "#lib/kernel/json.ts";
import type { Origins } from "#lib/runtimes/model.ts";
import type { Comparison, ParameterRule, Rules } from "#lib/systems/model.ts";
import { compareDocuments, type Found, isDrift, type Question } from "../compare.ts";

export const now = new Date("2026-11-22T12:00:00Z");

/** A rule of the catalogue that says nothing special. */
export function aRule(rule: Partial<ParameterRule> & Pick<ParameterRule, "pattern">): ParameterRule {
  return {
    title: rule.pattern,
    kind: "sampling",
    tier: "runtime",
    environmentPolicy: "may_differ",
    strictness: "none",
    risk: "medium",
    owner: "ml",
    locked: false,
    required: false,
    schema: {},
    ...rule,
  };
}

export function rulesWith(parameters: readonly ParameterRule[]): Rules {
  return { parameters, constraints: [], dependencies: [], policies: [] };
}

/** A comparison in production, with no patch and no ignore rule. */
export function aQuestion(question: Partial<Question> & Pick<Question, "rules" | "declared" | "observed">): Question {
  return {
    bundle: "assistant",
    undeclared: "strict",
    patches: [],
    snapshotEffective: question.declared,
    origins: {},
    ignoreRules: [],
    environment: "production",
    now,
    ...question,
  };
}

export function differencesOf(
  question: Partial<Question> & Pick<Question, "rules" | "declared" | "observed">,
): readonly Found[] {
  return compareDocuments(aQuestion(question)).differences;
}

export function isDrifted(found: readonly Found[]): boolean {
  return found.some(isDrift);
}

/** The same document written in another order. */
export function shuffled(value: Json, swap: (count: number) => number): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, swap));
  const entries = Object.entries(value as JsonObject).map(([key, member]) => [key, shuffled(member, swap)] as const);
  for (let at = entries.length - 1; at > 0; at--) {
    const other = swap(at + 1);
    const [a, b] = [entries[at], entries[other]];
    if (a && b) [entries[at], entries[other]] = [b, a];
  }
  return Object.fromEntries(entries);
}

/** What is declared, what runs, and what differs; origins where they matter. */
export type Triple = readonly [
  sentence: string,
  catalogue: readonly ParameterRule[],
  declared: JsonObject,
  observed: JsonObject,
  expected: readonly string[],
  origins?: Origins,
];

/** Compares as a triple says, and tells what was found in the words of the table. */
export function foundIn([, catalogue, declared, observed, , origins]: Triple): readonly string[] {
  const found = differencesOf({ rules: rulesWith(catalogue), declared, observed, origins: origins ?? {} });
  if (isDrifted(found) !== found.length > 0) throw new Error("Drifted is not what is shown");
  return found.map(({ kind, pointer }) => `${kind} ${pointer}`);
}

/** A catalogue of one rule, for `/x`. */
export function comparing(comparison: Comparison, rule: Partial<ParameterRule> = {}): readonly ParameterRule[] {
  return [aRule({ pattern: "/x", comparison, ...rule })];
}

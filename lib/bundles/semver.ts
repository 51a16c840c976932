import semver from "semver";
import type { ParameterKind } from "#lib/systems/model.ts";
import type { ParameterChange } from "./model.ts";

export type SemverProposal = {
  readonly semver: string;
  /** A sentence that names what decided. */
  readonly reason: string;
};

type Level = "major" | "minor" | "patch";

/** Kinds that shape what the system answers; the others (limits, retries, serving) shape how it is run. */
const behaviour: readonly ParameterKind[] = [
  "model",
  "sampling",
  "prompt",
  "few_shot",
  "guardrail",
  "routing",
  "fallback",
  "embedding",
  "chunking",
  "retrieval",
  "rerank",
  "flag",
  "experiment",
  "preprocessing",
  "hyperparameter",
];

/**
 * The next semantic version. Major: a model changed, a parameter was removed, a locked one changed, or a guardrail
 * was relaxed. Minor: a parameter was added, a prompt or anything else that shapes behaviour changed. Patch: the rest.
 */
export function proposeSemver(previous: string | null, changes: readonly ParameterChange[]): SemverProposal {
  if (previous === null || semver.valid(previous) === null) return { semver: "1.0.0", reason: "The first version" };
  const reasons = changes.map((change) => ({ change, ...weigh(change) }));
  for (const level of ["major", "minor", "patch"] as const) {
    const deciding = reasons.filter((reason) => reason.level === level);
    const [first] = deciding;
    if (first === undefined) continue;
    const more = new Set(deciding.map((reason) => reason.change.pointer)).size - 1;
    const others = more === 0 ? "" : `, and ${more} more like it`;
    return {
      semver: next(previous, level),
      reason: `${levelNames[level]}: ${first.why} (${first.change.pointer})${others}`,
    };
  }
  return { semver: next(previous, "patch"), reason: "Patch: no effective parameter changes" };
}

/** True for a version that may follow: valid, and greater than the previous one. */
export function mayFollow(previous: string | null, proposed: string): boolean {
  return semver.valid(proposed) === proposed && (previous === null || semver.gt(proposed, previous));
}

const levelNames: Readonly<Record<Level, string>> = { major: "Major", minor: "Minor", patch: "Patch" };

function next(previous: string, level: Level): string {
  return semver.inc(previous, level) ?? "1.0.0";
}

function weigh(change: ParameterChange): { readonly level: Level; readonly why: string } {
  const { kind, meaning, locked } = change;
  if (kind === "model" && meaning !== "added") return { level: "major", why: "the model changed" };
  if (meaning === "removed") return { level: "major", why: "a parameter was removed" };
  if (locked) return { level: "major", why: "a locked parameter changed" };
  if (kind === "guardrail" && meaning === "relaxed") return { level: "major", why: "a guardrail was relaxed" };
  if (meaning === "added") return { level: "minor", why: "a parameter was added" };
  if (meaning === "prompt") return { level: "minor", why: "a prompt changed" };
  if (kind === undefined) return { level: "minor", why: "a parameter that the catalogue does not describe changed" };
  if (behaviour.includes(kind)) return { level: "minor", why: "behaviour changed" };
  return { level: "patch", why: "only how it runs changed" };
}

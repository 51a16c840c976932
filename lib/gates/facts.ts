import type { TargetPlace } from "#lib/drift/target.ts";
import type { PatchChange } from "#lib/hot-patches/model.ts";
import type { OverdueIn } from "#lib/hot-patches/owed.ts";
import type { FreezeVerdict } from "#lib/releases/freeze.ts";
import type { MovedBase } from "#lib/reviews/base.ts";
import type { ReviewFacts } from "#lib/reviews/facts.ts";
import type { GateException, Thread, Voice } from "#lib/reviews/model.ts";
import type { RulesProblem } from "#lib/systems/rules-check.ts";
import type { BundleProblem } from "./problems.ts";

/** How a version came through the stage before its target. */
export type Passage = {
  readonly bundle: string;
  readonly semver: string;
  /** Whether the version's digest is still the one that the request names. */
  readonly isSameVersion: boolean;
  readonly hasPassed: boolean;
  /** How its last time in the stage before ended badly; null: it did not, or it never was there. */
  readonly fellBy: "failed" | "rolled_back" | null;
  readonly soakedMinutes: number;
};

/** A hot-patch that is served where a release goes. */
export type PatchOnTarget = {
  readonly number: number;
  readonly incident: string;
  /** Slug. */
  readonly bundle: string;
  readonly changes: readonly PatchChange[];
  readonly expiresAt: Date;
  /** Its time is over; policy keeps it until somebody decides. */
  readonly isOver: boolean;
};

/** What a deployment into an environment depends on. */
export type ReleaseFacts = {
  readonly environment: string;
  readonly name: string;
  readonly heldAt: Date | null;
  readonly heldReason: string | null;
  readonly heldBy: string | null;
  /** Null for the first stage. */
  readonly stageBefore: { readonly slug: string; readonly name: string } | null;
  readonly passages: readonly Passage[];
  readonly freeze: FreezeVerdict;
  readonly overdue: OverdueIn;
  /** What is known of what runs there, of the bundles that are deployed. */
  readonly target: readonly TargetPlace[];
  readonly patches: readonly PatchOnTarget[];
};

/** A parameter that has to be looked at again because of another one that changes. */
export type Reevaluation = {
  readonly bundle: string;
  readonly pointer: string;
  /** The changed parameter that leads to it. */
  readonly because: string;
  readonly reason: string;
};

/** Everything that checks look at, read at one time. Checks themselves are pure. */
export type GateFacts = {
  readonly review: ReviewFacts;
  readonly system: { readonly id: string; readonly slug: string; readonly name: string };
  readonly moved: readonly MovedBase[];
  /** Of what would be configured; empty for rules. */
  readonly problems: readonly BundleProblem[];
  readonly rulesProblems: readonly RulesProblem[];
  readonly reevaluations: readonly Reevaluation[];
  readonly openThreads: readonly Thread[];
  /** Null for requests that deploy nothing. */
  readonly release: ReleaseFacts | null;
  /** Exceptions that count now, those given to the promoted versions themselves included. */
  readonly exceptions: readonly GateException[];
  readonly approvers: readonly Voice[];
  readonly now: Date;
};

/** Checks that a policy asks for block; the others advise. */
export function isRequired(facts: GateFacts, check: string): boolean {
  return facts.review.requirements.requiredChecks.includes(check);
}

/** A way back must stay open: what content checks find in an earlier snapshot is said, and blocks no rollback. */
export function isRollback(facts: GateFacts): boolean {
  return facts.review.request.kind === "rollback";
}

export function changeHref(facts: GateFacts, place = ""): string {
  return `/changes/${facts.review.request.number}${place}`;
}

/** The stable name of a parameter in waivers. */
export function parameterItem(bundle: string, pointer: string | undefined): string {
  return `${bundle}#${pointer ?? ""}`;
}

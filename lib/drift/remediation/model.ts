import type { Place } from "#lib/runtimes/model.ts";

/**
 * waiting: for its next attempt, or for the last one to hold · acting: told to runtimes, not yet seen · succeeded ·
 * failed: what it was to restore is not what runs or is declared any more · cancelled ·
 * quarantined: nothing more is tried until a person lifts it
 */
export const REMEDIATION_STATES = ["waiting", "acting", "succeeded", "failed", "cancelled", "quarantined"] as const;
export type RemediationState = (typeof REMEDIATION_STATES)[number];

/** declared: runtimes are told to run it again · last_known_good: a change request proposes to roll back to it */
export const REMEDIATION_TARGETS = ["declared", "last_known_good"] as const;
export type RemediationTarget = (typeof REMEDIATION_TARGETS)[number];

export const LIMITS = {
  attempts: 5,
  firstPauseSeconds: 2,
  pauseFactor: 3,
  longestPauseSeconds: 300,
  /** Attempts of the last hour count on: what changes back more slowly than it is watched is stopped all the same. */
  rememberedMinutes: 60,
} as const;

/** One attempt, or several, to bring the runtimes of a place back. */
export type Remediation = Place & {
  readonly id: string;
  readonly number: number;
  readonly systemId: string;
  readonly target: RemediationTarget;
  readonly trigger: "person" | "policy";
  readonly state: RemediationState;
  /** What runtimes may be running when it acts; anything else is left alone. */
  readonly expectedDigests: readonly string[];
  readonly targetDigest: string;
  readonly pointers: readonly string[];
  readonly attempts: number;
  /** By which runtimes know the attempt under way; each attempt has its own. */
  readonly restoreId: string | null;
  /** waiting: not before · acting: after this the attempt has not worked */
  readonly nextAttemptAt: Date | null;
  readonly note: string | null;
  readonly reason: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly changeRequestId: string | null;
  readonly revision: number;
};

/** As people call it: R-7. */
export function nameOf({ number }: Pick<Remediation, "number">): string {
  return `R-${number}`;
}

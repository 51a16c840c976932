import { Refusal } from "#lib/kernel/refusal.ts";
import type { DeploymentState } from "#lib/releases/model.ts";
import type { EnvironmentRef, Policy } from "#lib/systems/model.ts";

/** One stay of a version in an environment. */
export type Stay = {
  readonly versionDigest: string;
  readonly state: DeploymentState;
  readonly from: Date;
  /** Null while it is current. */
  readonly until: Date | null;
};

/** The stage before this one; null for the first. */
export function stageBefore(environments: readonly EnvironmentRef[], slug: string): EnvironmentRef | null {
  const ordered = [...environments].sort((a, b) => a.position - b.position);
  const index = ordered.findIndex((one) => one.slug === slug);
  return ordered[index - 1] ?? null;
}

/** Whether exactly this version went through the stage before: it was deployed there, and neither failed nor was rolled back. */
export function hasPassedThrough(stays: readonly Stay[], versionDigest: string): boolean {
  return stays.some(
    (stay) => stay.versionDigest === versionDigest && stay.state !== "failed" && stay.state !== "rolled_back",
  );
}

/** How the last stay of a version ended that never got through; null: it got through, or it never was there. */
export function fellBy(stays: readonly Stay[], versionDigest: string): "failed" | "rolled_back" | null {
  if (hasPassedThrough(stays, versionDigest)) return null;
  const last = stays
    .filter((stay) => stay.versionDigest === versionDigest)
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
    .at(-1);
  return last?.state === "failed" || last?.state === "rolled_back" ? last.state : null;
}

/** Longest unbroken time, in minutes, that the version has been current in an environment. */
export function soakedMinutes(stays: readonly Stay[], versionDigest: string, now: Date): number {
  const lengths = stays
    .filter((stay) => stay.versionDigest === versionDigest && stay.state !== "failed" && stay.state !== "rolled_back")
    .map((stay) => ((stay.until ?? now).getTime() - stay.from.getTime()) / 60_000);
  return Math.max(0, ...lengths);
}

/** Minutes that a version must stay in an environment before it counts as soaked there: the longest that a policy asks for. */
export function soakRequired(policies: readonly Policy[], environment: string): number {
  const matching = policies.filter(
    (policy) =>
      (policy.environments.length === 0 || policy.environments.includes(environment)) &&
      (policy.requests.length === 0 || policy.requests.includes("promotion")),
  );
  return Math.max(0, ...matching.map((policy) => policy.soakMinutes));
}

export type Candidate = {
  readonly snapshotNumber: number;
  readonly state: DeploymentState;
  readonly verifiedAt: Date | null;
  /** Null while it is current. */
  readonly endedAt: Date | null;
  readonly underHotPatch: boolean;
};

/**
 * The newest snapshot to fall back to: seen running, soaked since, not taken under a hot-patch, not given up as bad.
 * Candidates come newest first. `soakMinutes`: how long it must have run since it was verified.
 */
export function lastKnownGood(candidates: readonly Candidate[], soakMinutes: number, now: Date): number | null {
  const good = candidates.find((one) => {
    if (one.underHotPatch || one.verifiedAt === null) return false;
    if (one.state === "failed" || one.state === "rolled_back") return false;
    const ranFor = (one.endedAt ?? now).getTime() - one.verifiedAt.getTime();
    return ranFor >= soakMinutes * 60_000;
  });
  return good?.snapshotNumber ?? null;
}

/** What a report of a running digest makes of a deployment. @throws Refusal `conflict` when it is no longer waiting */
export function verdictOf(
  deployment: { readonly number: number; readonly state: DeploymentState; readonly effectiveDigest: string },
  seenDigest: string,
): "verified" | "failed" {
  if (deployment.state !== "pending" && deployment.state !== "partial") {
    throw new Refusal(
      "conflict",
      `Deployment ${deployment.number} is ${deployment.state.replace("_", " ")}; only one that waits can be verified`,
    );
  }
  return seenDigest === deployment.effectiveDigest ? "verified" : "failed";
}

/** What live runtimes of a place report, as far as it says something of the deployment there. */
export type Witnesses = {
  readonly live: number;
  /** Those whose configuration is the deployed one, authorised hot-patches included. */
  readonly running: number;
  /** Of those that run it, how many report a build that was first seen after the deployment. */
  readonly onNewBuild: number;
  /** The oldest of their newest reports. */
  readonly allHeardSince: Date | null;
  readonly longestIntervalSeconds: number;
  /** What was written down the last time; a count that moved is written down again. */
  readonly counted?: { readonly running: number; readonly live: number };
};

/** Reports after which whoever was told of a deployment and does not run it has failed to take it. */
const GRACE_INTERVALS = 3;

/**
 * What live runtimes make of a deployment; null when nothing changes. What was once verified stays so: what differs
 * later is drift. All were told when every one has reported since, because the answer to a report names what is to run.
 * A failed one that is taken after all is verified; one that waits for a new build does not fail, as builds take time.
 */
export function observedState(
  deployment: { readonly state: DeploymentState; readonly needsBuild: boolean; readonly createdAt: Date },
  seen: Witnesses,
  now: Date,
): "verified" | "partial" | "failed" | null {
  const { state, needsBuild } = deployment;
  if (seen.live === 0 || (state !== "pending" && state !== "partial" && state !== "failed")) return null;
  const taken = needsBuild ? seen.onNewBuild : seen.running;
  if (taken === seen.live) return "verified";
  // While somebody has not reported since, nobody can say that they do not run it.
  if (!wereHeardSince(seen, deployment.createdAt)) return null;
  const next = taken > 0 ? "partial" : failing(deployment, seen, now);
  const isRecount = next === "partial" && (seen.counted?.running !== taken || seen.counted.live !== seen.live);
  return next === state && !isRecount ? null : next;
}

function wereHeardSince({ allHeardSince }: Witnesses, moment: Date): boolean {
  return allHeardSince !== null && allHeardSince.getTime() >= moment.getTime();
}

function failing(
  { needsBuild, createdAt }: Parameters<typeof observedState>[0],
  seen: Witnesses,
  now: Date,
): "failed" | null {
  if (needsBuild) return null;
  const graceOver = graceEnd(createdAt, seen.longestIntervalSeconds);
  return wereHeardSince(seen, graceOver) && now.getTime() >= graceOver.getTime() ? "failed" : null;
}

/** When runtimes that report so often have had the time to take a deployment. */
function graceEnd(deployedAt: Date, intervalSeconds: number): Date {
  return new Date(deployedAt.getTime() + GRACE_INTERVALS * intervalSeconds * 1_000);
}

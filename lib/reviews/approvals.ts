import { may } from "#lib/access/may.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { ChangeRequest, Review, Voice } from "./model.ts";
import type { EnvironmentRequirement, Requirements } from "./requirements.ts";

/** An approval as it counts now. */
export type CountedApproval = {
  readonly reviewId: string;
  readonly reviewerId: string;
  readonly reviewerName: string;
  /** Environments that it covers now. */
  readonly environments: readonly string[];
  readonly groups: readonly string[];
  /** Why it does not count, as a sentence; null: it counts. */
  readonly staleBecause: string | null;
};

/** A reviewer who asked for changes and has neither approved since, nor taken it back, nor been dismissed. */
export type Blocker = {
  readonly reviewId: string;
  readonly reviewerId: string;
  readonly reviewerName: string;
  /** Whether the content was edited since. */
  readonly isAnswered: boolean;
};

export type EnvironmentProgress = EnvironmentRequirement & {
  readonly given: number;
  readonly groupsGiven: readonly { readonly group: string; readonly given: number }[];
};

export type ApprovalStatus = {
  readonly isApproved: boolean;
  /** A reviewer waits for the content to change. */
  readonly isSentBack: boolean;
  /** Who is still needed: one sentence each, empty when approved. */
  readonly needed: readonly string[];
  readonly approvals: readonly CountedApproval[];
  readonly blockers: readonly Blocker[];
  readonly environments: readonly EnvironmentProgress[];
};

export type ApprovalFacts = {
  readonly request: Pick<ChangeRequest, "systemId" | "contentDigest" | "contributors" | "appliedAt">;
  readonly requirements: Requirements;
  readonly reviews: readonly Review[];
  /** Everyone who gave one of the reviews, as they are now. */
  readonly voices: readonly Voice[];
  /** Of a request that took effect: when it did. */
  readonly now: Date;
};

/**
 * Whether a change is approved. An approval counts when it was given to exactly this content, was neither dismissed nor
 * taken back, has not expired, and its giver still is somebody who may give it: active, no contributor, and covering
 * each environment it is counted for with the roles they hold now. Each environment must have all it asks for. Once a
 * request took effect, what became of its approvers takes nothing away: the gates had looked at that.
 */
export function approvalStatus(facts: ApprovalFacts): ApprovalStatus {
  const verdicts = latestVerdicts(facts.reviews);
  const approvals = verdicts.filter((review) => review.verdict === "approve").map((review) => counted(review, facts));
  const valid = approvals.filter((approval) => approval.staleBecause === null);
  const blockers = verdicts
    .filter((review) => review.verdict === "request_changes")
    .map((review) => ({
      reviewId: review.id,
      reviewerId: review.reviewerId,
      reviewerName: review.reviewerName,
      isAnswered: review.contentDigest !== facts.request.contentDigest,
    }));
  const environments = facts.requirements.environments.map((requirement) => progress(requirement, valid));
  const needed = [...neededInAll(facts.requirements, valid, environments), ...blockers.map(blockerInWords)];
  return {
    isApproved: needed.length === 0,
    isSentBack: blockers.some((blocker) => !blocker.isAnswered),
    needed,
    approvals,
    blockers,
    environments,
  };
}

/**
 * Somebody's newest verdict is the one that stands; a mere comment changes no verdict. Taking it back does not bring an
 * older one back to life: who withdraws has said nothing.
 */
export function latestVerdicts(reviews: readonly Review[]): readonly Review[] {
  const standing = new Map<string, Review>();
  const byTime = [...reviews].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  for (const review of byTime) {
    if (review.verdict !== "comment") standing.set(review.reviewerId, review);
  }
  return [...standing.values()].filter(
    (review) => review.withdrawnAt === null && (review.verdict === "approve" || review.dismissedAt === null),
  );
}

/** Environments for which this person may approve now. */
export function coverageOf(
  voice: Pick<Voice, "grants">,
  systemId: string,
  environments: readonly string[],
): readonly string[] {
  const holder = { kind: "person", grants: voice.grants } as const;
  return environments.filter((environment) => may(holder, "change:approve", { systemId, environment }));
}

/** When an approval stops counting: the policy in force may have shortened its life since it was given. */
export function approvalEnd(review: Pick<Review, "createdAt" | "expiresAt">, lastsHours: number): Date {
  const byPolicy = review.createdAt.getTime() + lastsHours * 3_600_000;
  return new Date(Math.min(byPolicy, review.expiresAt?.getTime() ?? byPolicy));
}

function counted(review: Review, facts: ApprovalFacts): CountedApproval {
  const voice = facts.voices.find((one) => one.id === review.reviewerId);
  const environments = facts.request.appliedAt
    ? review.environments
    : coverageOf({ grants: voice?.grants ?? [] }, facts.request.systemId, review.environments);
  return {
    reviewId: review.id,
    reviewerId: review.reviewerId,
    reviewerName: review.reviewerName,
    environments,
    groups: voice?.groups ?? [],
    staleBecause: whyStale(review, voice, { ...facts, covers: environments.length > 0 }),
  };
}

function whyStale(review: Review, voice: Voice | undefined, facts: ApprovalFacts & { covers: boolean }): string | null {
  const { request, requirements, now } = facts;
  if (review.dismissedAt !== null) return review.dismissedReason ?? "It was dismissed";
  if (review.contentDigest !== request.contentDigest) return "The content was edited after it was given";
  const end = approvalEnd(review, requirements.lastsHours);
  if (end <= now) return `It expired on ${formatUtc(end)}`;
  if (request.appliedAt) return null;
  if (!voice?.isActive) return `${review.reviewerName} is no longer active`;
  if (request.contributors.includes(review.reviewerId)) return `${review.reviewerName} contributed to this change`;
  if (!facts.covers) return `${review.reviewerName} may no longer approve here`;
  return null;
}

function progress(requirement: EnvironmentRequirement, valid: readonly CountedApproval[]): EnvironmentProgress {
  const here = valid.filter((approval) => approval.environments.includes(requirement.environment));
  return {
    ...requirement,
    given: here.length,
    groupsGiven: requirement.groups.map(({ group }) => ({
      group,
      given: here.filter((approval) => approval.groups.includes(group)).length,
    })),
  };
}

/** Sentences that say the same of several environments are said once. */
function neededInAll(
  requirements: Requirements,
  valid: readonly CountedApproval[],
  environments: readonly EnvironmentProgress[],
): readonly string[] {
  if (environments.length === 0) {
    const missing = requirements.approvals - valid.length;
    return missing > 0 ? [`Needs ${approvalsInWords(missing)}`] : [];
  }
  const places = new Map<string, string[]>();
  for (const one of environments) {
    for (const need of needsOf(one)) places.set(need, [...(places.get(need) ?? []), one.environment]);
  }
  return [...places].map(([need, where]) => `${need} for ${listInWords(where)}`);
}

function needsOf(one: EnvironmentProgress): readonly string[] {
  const fromGroups = one.groups.flatMap(({ group, approvals }) => {
    const missing = approvals - (one.groupsGiven.find((given) => given.group === group)?.given ?? 0);
    return missing > 0 ? [`Needs ${approvalsInWords(missing)} from the group ${group}`] : [];
  });
  const missing = one.approvals - one.given;
  return missing > 0 ? [`Needs ${approvalsInWords(missing)}`, ...fromGroups] : fromGroups;
}

function blockerInWords(blocker: Blocker): string {
  const since = blocker.isAnswered ? " before the last edit" : "";
  return `${blocker.reviewerName} asked for changes${since} and has to approve or withdraw`;
}

function approvalsInWords(count: number): string {
  return count === 1 ? "1 more approval" : `${count} more approvals`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

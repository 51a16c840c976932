import type { Grant } from "#lib/access/actor.ts";
import type { Policy } from "#lib/systems/model.ts";
import type { ChangeRequest, Review, Voice } from "../model.ts";

export const NOW = new Date("2026-11-20T12:00:00Z");
export const DIGEST = `sha256:${"a".repeat(64)}`;
export const SYSTEM = "0193a000-0000-7000-8000-000000000001";

export function hoursBefore(hours: number): Date {
  return new Date(NOW.getTime() - hours * 3_600_000);
}

/** An open request of Ada's that reaches staging and production. */
export function aRequest(of: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    id: "request",
    number: 12,
    systemId: SYSTEM,
    kind: "version",
    title: "Raise the threshold",
    reason: "Fewer false alarms",
    state: "open",
    authorId: "ada",
    authorName: "Ada",
    contributors: ["ada"],
    environments: ["staging", "production"],
    contentRevision: 1,
    contentDigest: DIGEST,
    incident: null,
    scheduleState: "none",
    scheduledFor: null,
    scheduledBy: null,
    scheduleAttempts: 0,
    scheduleNote: null,
    closedReason: null,
    appliedAt: null,
    revision: 1,
    createdAt: hoursBefore(48),
    updatedAt: hoursBefore(48),
    ...of,
  };
}

/** An approval by Grace for both environments, an hour ago. */
export function aReview(of: Partial<Review> = {}): Review {
  const reviewerId = of.reviewerId ?? "grace";
  return {
    id: `review-of-${reviewerId}`,
    reviewerId,
    reviewerName: reviewerId,
    verdict: "approve",
    contentDigest: DIGEST,
    contentRevision: 1,
    environments: ["staging", "production"],
    summary: "Looks right",
    createdAt: hoursBefore(1),
    expiresAt: null,
    dismissedAt: null,
    dismissedReason: null,
    withdrawnAt: null,
    ...of,
  };
}

/** Somebody active who may approve everywhere. */
export function aVoice(of: Partial<Voice> = {}): Voice {
  const id = of.id ?? "grace";
  const everywhere: Grant = { role: "reviewer", systemId: null, environment: null };
  return { id, name: id, isActive: true, grants: [everywhere], groups: [], ...of };
}

/** One approval for everything. */
export function aPolicy(of: Partial<Policy> = {}): Policy {
  return {
    id: "policy",
    title: "A policy",
    requests: [],
    environments: [],
    kinds: [],
    approvals: 1,
    groups: [],
    requiredChecks: [],
    soakMinutes: 0,
    approvalLastsHours: 168,
    threadsMustBeResolved: false,
    ...of,
  };
}

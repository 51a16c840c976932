import { expect, test } from "vitest";
import type { Grant } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { type ApprovalFacts, approvalStatus } from "./approvals.ts";
import { requirementsOf } from "./requirements.ts";
import { aPolicy, aRequest, aReview, aVoice, hoursBefore, NOW, SYSTEM } from "./testing/facts.ts";

const touches = ["staging", "production"].map((environment) => ({ environment, kinds: [], isLocked: false }));
const one = requirementsOf([aPolicy()], { kind: "version", touches });
const two = requirementsOf([aPolicy({ approvals: 2 })], { kind: "version", touches });
const safety = requirementsOf([aPolicy({ groups: [{ group: "safety", approvals: 1 }] })], { kind: "version", touches });
const OTHER = `sha256:${"b".repeat(64)}`;

function status(of: Partial<ApprovalFacts>) {
  return approvalStatus({ request: aRequest(), requirements: one, reviews: [], voices: [aVoice()], now: NOW, ...of });
}

function as(role: Role, environment: string | null = null): Grant {
  return { role, systemId: SYSTEM, environment };
}

test.each<[string, Partial<ApprovalFacts>, string | null]>([
  ["of this content by somebody who may", {}, null],
  ["of earlier content", { reviews: [aReview({ contentDigest: OTHER })] }, "edited after"],
  [
    "that was dismissed",
    { reviews: [aReview({ dismissedAt: NOW, dismissedReason: "Ada edited it" })] },
    "Ada edited it",
  ],
  ["that has expired", { reviews: [aReview({ expiresAt: hoursBefore(0.5) })] }, "expired"],
  ["older than policy now allows", { reviews: [aReview({ createdAt: hoursBefore(200) })] }, "expired"],
  ["by somebody deactivated", { voices: [aVoice({ isActive: false })] }, "no longer active"],
  ["by somebody who is gone", { voices: [] }, "no longer active"],
  ["by somebody who lost the role", { voices: [aVoice({ grants: [as("author")] })] }, "may no longer approve"],
  [
    "by a reviewer of another system",
    { voices: [aVoice({ grants: [{ role: "reviewer", systemId: "x", environment: null }] })] },
    "may no longer approve",
  ],
  ["by its author", { request: aRequest({ contributors: ["ada", "grace"] }) }, "contributed"],
])("an approval %s", (_, of, why) => {
  const found = status({ reviews: [aReview()], ...of });
  expect(found.isApproved).toBe(why === null);
  if (why === null) expect(found.approvals[0]?.staleBecause).toBeNull();
  else expect(found.approvals[0]?.staleBecause).toContain(why);
});

test.each<[string, Partial<ApprovalFacts>, boolean]>([
  ["whose giver left afterwards", { voices: [] }, true],
  ["whose giver lost the role afterwards", { voices: [aVoice({ grants: [as("author")] })] }, true],
  ["of earlier content", { reviews: [aReview({ contentDigest: OTHER })] }, false],
  ["that had expired by then", { reviews: [aReview({ expiresAt: hoursBefore(0.5) })] }, false],
])("of a request that took effect, an approval %s", (_, of, counts) => {
  const request = aRequest({ state: "applied", appliedAt: NOW });
  expect(status({ request, reviews: [aReview()], ...of }).isApproved).toBe(counts);
});

test("approvals together cover every environment", () => {
  const grace = aVoice({ grants: [as("reviewer", "staging")] });
  const alan = aVoice({ id: "alan", grants: [as("reviewer", "production")] });
  const ofGrace = aReview();
  const ofAlan = aReview({ reviewerId: "alan" });
  expect(status({ reviews: [ofGrace], voices: [grace] }).needed).toEqual(["Needs 1 more approval for production"]);
  expect(status({ reviews: [ofGrace, ofAlan], voices: [grace, alan] }).isApproved).toBe(true);
});

test("two approvals for production are not one for staging and one for production", () => {
  const grace = aVoice({ grants: [as("reviewer", "staging")] });
  const alan = aVoice({ id: "alan", grants: [as("reviewer", "production")] });
  const reviews = [aReview(), aReview({ reviewerId: "alan" })];
  expect(status({ requirements: two, reviews, voices: [grace, alan] }).needed).toEqual([
    "Needs 1 more approval for staging and production",
  ]);
});

test("an environment that came within reach after the approval is not covered by it", () => {
  const reviews = [aReview({ environments: ["staging"] })];
  expect(status({ reviews }).needed).toEqual(["Needs 1 more approval for production"]);
});

test("a group is asked now, not when the approval was given", () => {
  const reviews = [aReview()];
  expect(status({ requirements: safety, reviews }).needed).toEqual([
    "Needs 1 more approval from the group safety for staging and production",
  ]);
  expect(status({ requirements: safety, reviews, voices: [aVoice({ groups: ["safety"] })] }).isApproved).toBe(true);
});

test("nobody approves twice", () => {
  const reviews = [aReview({ id: "1", createdAt: hoursBefore(2) }), aReview({ id: "2" })];
  expect(status({ requirements: two, reviews }).isApproved).toBe(false);
});

test("who asked for changes blocks until they approve, withdraw or are dismissed", () => {
  const asked = aReview({ id: "asked", reviewerId: "alan", verdict: "request_changes", createdAt: hoursBefore(2) });
  const voices = [aVoice(), aVoice({ id: "alan" })];
  const reviews = [aReview(), asked];
  expect(status({ reviews, voices })).toMatchObject({ isApproved: false, isSentBack: true });
  expect(status({ reviews: [aReview(), { ...asked, contentDigest: OTHER }], voices })).toMatchObject({
    isApproved: false,
    isSentBack: false,
    blockers: [{ reviewerId: "alan", isAnswered: true }],
  });
  expect(status({ reviews: [...reviews, aReview({ id: "b", reviewerId: "alan" })], voices }).isApproved).toBe(true);
  expect(status({ reviews: [aReview(), { ...asked, withdrawnAt: NOW }], voices }).isApproved).toBe(true);
  expect(status({ reviews: [aReview(), { ...asked, dismissedAt: NOW }], voices }).isApproved).toBe(true);
});

test("taking back a request for changes does not revive the approval before it", () => {
  const approved = aReview({ id: "1", createdAt: hoursBefore(3) });
  const asked = aReview({
    id: "2",
    verdict: "request_changes",
    createdAt: hoursBefore(2),
    withdrawnAt: hoursBefore(1),
  });
  expect(status({ reviews: [approved, asked] }).isApproved).toBe(false);
});

test("a comment changes no verdict", () => {
  const reviews = [aReview({ id: "1", createdAt: hoursBefore(3) }), aReview({ id: "2", verdict: "comment" })];
  expect(status({ reviews }).isApproved).toBe(true);
});

test("a policy that asks for nothing is satisfied by nothing, an absent one is not", () => {
  const nothing = requirementsOf([aPolicy({ approvals: 0 })], { kind: "version", touches });
  const absent = requirementsOf([], { kind: "version", touches });
  expect(status({ requirements: nothing }).isApproved).toBe(true);
  expect(status({ requirements: absent }).isApproved).toBe(false);
  expect(status({ requirements: requirementsOf([], { kind: "version", touches: [] }) }).isApproved).toBe(false);
});

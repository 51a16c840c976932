import type { ChangeKind, Policy } from "#lib/systems/model.ts";
import type { Touch } from "./model.ts";

export type GroupRequirement = { readonly group: string; readonly approvals: number };

/** What one environment asks for. */
export type EnvironmentRequirement = {
  readonly environment: string;
  readonly approvals: number;
  readonly groups: readonly GroupRequirement[];
};

/** What every policy that matches a change asks for, together. */
export type Requirements = {
  readonly environments: readonly EnvironmentRequirement[];
  /** The most that one of the environments asks for. */
  readonly approvals: number;
  readonly groups: readonly GroupRequirement[];
  /** How long an approval counts. */
  readonly lastsHours: number;
  readonly threadsMustBeResolved: boolean;
  /** Checks that block because a policy says so. */
  readonly requiredChecks: readonly string[];
  readonly soakMinutes: number;
  readonly policies: readonly { readonly id: string; readonly title: string }[];
};

/** What holds where no policy speaks: silence is never consent. */
export const WITHOUT_POLICY = {
  approvals: 1,
  lastsHours: 7 * 24,
  requiredChecks: ["flags", "dependencies", "ratchet"],
} as const;

/**
 * What a change needs. Every policy that matches an environment it touches adds to it: counts are the greatest, groups
 * and checks the union, lifetimes the shortest. A locked parameter asks for one approval more. An environment that no
 * policy for every parameter kind matches needs one approval, so that an absent or partial policy never approves anything.
 */
export function requirementsOf(
  policies: readonly Policy[],
  change: { readonly kind: ChangeKind; readonly touches: readonly Touch[] },
): Requirements {
  const perTouch = change.touches.map((touch) => ({
    touch,
    matching: policies.filter((policy) => matches(policy, change.kind, touch)),
  }));
  const matching = [...new Set(perTouch.flatMap((one) => one.matching))];
  const environments = perTouch.map(({ touch, matching: own }) => environmentRequirement(touch, own));
  return {
    environments,
    approvals:
      environments.length === 0 ? WITHOUT_POLICY.approvals : greatest(environments.map((one) => one.approvals)),
    groups: unionOfGroups(environments.flatMap((one) => one.groups)),
    lastsHours:
      matching.length === 0 ? WITHOUT_POLICY.lastsHours : Math.min(...matching.map((one) => one.approvalLastsHours)),
    threadsMustBeResolved: matching.some((policy) => policy.threadsMustBeResolved),
    requiredChecks: requiredChecks(perTouch.map((one) => one.matching)),
    soakMinutes: greatest(matching.map((policy) => policy.soakMinutes)),
    policies: matching.map(({ id, title }) => ({ id, title })),
  };
}

function matches(policy: Policy, kind: ChangeKind, touch: Touch): boolean {
  const isRequested = policy.requests.length === 0 || policy.requests.includes(kind);
  const isHere = policy.environments.length === 0 || policy.environments.includes(touch.environment);
  const isTouched = policy.kinds.length === 0 || policy.kinds.some((one) => touch.kinds.includes(one));
  return isRequested && isHere && isTouched;
}

function environmentRequirement(touch: Touch, matching: readonly Policy[]): EnvironmentRequirement {
  const isSpokenFor = matching.some(isForEveryKind);
  const floor = isSpokenFor ? 0 : WITHOUT_POLICY.approvals;
  const groups = unionOfGroups(matching.flatMap((policy) => policy.groups));
  const asked = greatest([floor, ...matching.map((policy) => policy.approvals), ...groups.map((one) => one.approvals)]);
  return { environment: touch.environment, approvals: asked + (touch.isLocked ? 1 : 0), groups };
}

/** Where no policy for every parameter kind speaks, what holds without a policy holds besides what partial ones ask for. */
function requiredChecks(matching: readonly (readonly Policy[])[]): readonly string[] {
  const isSpokenFor = matching.length > 0 && matching.every((policies) => policies.some(isForEveryKind));
  const asked = matching.flat().flatMap((policy) => policy.requiredChecks);
  return [...new Set([...(isSpokenFor ? [] : WITHOUT_POLICY.requiredChecks), ...asked])];
}

function isForEveryKind(policy: Policy): boolean {
  return policy.kinds.length === 0;
}

function unionOfGroups(groups: readonly GroupRequirement[]): readonly GroupRequirement[] {
  const slugs = [...new Set(groups.map((one) => one.group))].sort();
  return slugs.map((group) => ({
    group,
    approvals: greatest(groups.filter((one) => one.group === group).map((one) => one.approvals)),
  }));
}

/** Counts that are not numbers count as one: what cannot be read is never consent. */
function greatest(counts: readonly number[]): number {
  return Math.max(0, ...counts.map((count) => (Number.isFinite(count) ? count : WITHOUT_POLICY.approvals)));
}

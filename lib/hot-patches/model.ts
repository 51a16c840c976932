import type { Json } from "#lib/kernel/json.ts";

/**
 * requested: waits for its one approval · active: in force until it expires · reverted: taken back ·
 * absorbed: the same value is now declared · escalated: the value is no longer the patched one, or taking it back
 * failed: people must look · denied: refused before it took effect · lapsed: nobody answered in time
 */
export const HOT_PATCH_STATES = [
  "requested",
  "active",
  "reverted",
  "absorbed",
  "escalated",
  "denied",
  "lapsed",
] as const;
export type HotPatchState = (typeof HOT_PATCH_STATES)[number];

/** sev1: the worst */
export const INCIDENT_LEVELS = ["sev1", "sev2", "sev3", "sev4"] as const;
export type IncidentLevel = (typeof INCIDENT_LEVELS)[number];

/** One parameter that a patch sets; no `after` takes it away, no `before`: it was not there. */
export type PatchChange = { readonly pointer: string; readonly before?: Json; readonly after?: Json };

/** open: owed · decided: made */
export type FollowUpState = "open" | "decided";
/** make_permanent: a change request proposes it · revert: it goes back */
export type FollowUpDecision = "make_permanent" | "revert";

/** Of the time that a patch was given: when people are warned that it ends. */
export const WARNINGS = ["half_time", "one_hour", "fifteen_minutes"] as const;
export type Warning = (typeof WARNINGS)[number];

/** As much of a patch as its effect depends on. */
export type PatchInEffect = {
  readonly id: string;
  readonly number: number;
  readonly incident: string;
  readonly changes: readonly PatchChange[];
  readonly state: HotPatchState;
  readonly activatedAt: Date | null;
  readonly expiresAt: Date;
  readonly revertsAtExpiry: boolean;
};

export const LIMITS = {
  /** No patch is in force for longer than this after it was filed. */
  ceilingHours: 72,
  extensions: 2,
  /** A request without an answer lapses. */
  requestMinutes: 60,
  changes: 20,
} as const;

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

/** What can happen to a patch's state; extending leaves it as it is. */
export type HotPatchMove = "approve" | "deny" | "withdraw" | "lapse" | "extend" | "revert" | "absorb" | "escalate";

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

/** One extension, as it is stored with the patch. */
export type Extension = {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly byId: string;
  readonly reason: string;
  /** From then on. */
  readonly minutes: number;
};

/** sound: it was right to do · objected: it was not, as the note says */
export const REVIEW_VERDICTS = ["sound", "objected"] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

export type FollowUp = {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly dueAt: Date;
  readonly state: FollowUpState;
  readonly decision: FollowUpDecision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly note: string | null;
  /** The request that makes it permanent. */
  readonly changeRequestId: string | null;
  readonly revision: number;
};

/** A patch with everything that is stored of it. */
export type HotPatch = PatchInEffect & {
  readonly systemId: string;
  readonly environmentId: string;
  readonly bundleId: string;
  readonly incidentLevel: IncidentLevel;
  readonly reason: string;
  readonly baseSnapshotId: string;
  readonly beforeDigest: string;
  readonly afterDigest: string;
  readonly filedById: string;
  readonly filedByName: string;
  readonly filedAt: Date;
  /** Asked for. */
  readonly minutes: number;
  readonly approvedById: string | null;
  readonly approvedByName: string | null;
  readonly ceilingAt: Date;
  readonly extensions: readonly Extension[];
  readonly reviewDueAt: Date;
  readonly reviewedAt: Date | null;
  readonly reviewedBy: string | null;
  readonly reviewVerdict: ReviewVerdict | null;
  readonly reviewNote: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endNote: string | null;
  readonly waiver: string;
  readonly warned: readonly string[];
  readonly clientKey: string | null;
  readonly revision: number;
  readonly followUp: FollowUp;
};

export const LIMITS = {
  /** No patch is in force for longer than this after it was filed. */
  ceilingHours: 72,
  extensions: 2,
  /** A request without an answer lapses. */
  requestMinutes: 60,
  changes: 20,
  /** The worst incidents are given no more than this at once, whatever policy allows. */
  sev1Minutes: 1_440,
  /** Runtimes that still run the patch so long after its end: taking it back failed. */
  takeBackMinutes: 10,
  /** How often people are paged about what is overdue: on the first day, and for how many days then, once each. */
  pageMinutes: 30,
  pagesADay: 48,
  pageDays: 30,
  /** A parameter patched so often in so many days asks for a governed change. */
  recurrences: 2,
  recurrenceDays: 90,
} as const;

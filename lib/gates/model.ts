/** Every check there is. Later modules add theirs to this list and nowhere else. */
export const CHECKS = [
  "content_current",
  "schema",
  "constraints",
  "models_pinned",
  "overlay_policy",
  "secrets",
  "flags",
  "dependencies",
  "ratchet",
  "approvals",
  "threads",
  "pipeline_order",
  "hold",
  "soak",
  "freeze_window",
  "follow_ups",
  "hot_patches",
  "drift",
] as const;
export type CheckId = (typeof CHECKS)[number];

/** passed: holds · failed: does not · pending: can't be told yet · waived: set aside by a named person until a time */
export type CheckStatus = "passed" | "failed" | "pending" | "waived";

/** One place where a check does not hold. */
export type CheckItem = {
  /** Stable name of the place, for waivers, for example `bundle#/pointer`. */
  readonly item: string;
  readonly message: string;
  readonly href?: string;
};

/** What a check says, with everything a person needs to act on it. */
export type Check = {
  readonly id: CheckId;
  readonly title: string;
  readonly status: CheckStatus;
  /** A failed or pending blocking check keeps the change from taking effect; an advisory one does not. */
  readonly isBlocking: boolean;
  /** Why, in one sentence. */
  readonly summary: string;
  readonly items: readonly CheckItem[];
  /** Who can clear it, in words. */
  readonly clearedBy: string;
  /** The permission that may override it; null: nobody may. */
  readonly override: string | null;
  /** Exceptions in force for it. */
  readonly exceptions: readonly {
    readonly by: string;
    readonly reason: string;
    readonly expiresAt: string;
    readonly item?: string;
  }[];
  /** The page that clears it. */
  readonly href: string;
};

/** The one answer: everything that stands between a request and its effect. */
export type GateReport = {
  readonly canApply: boolean;
  readonly checks: readonly Check[];
  readonly contentDigest: string;
  readonly evaluatedAt: string;
};

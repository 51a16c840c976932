import type { Grant } from "#lib/access/actor.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { ChangeKind, ParameterKind, Rules } from "#lib/systems/model.ts";

/**
 * draft: its author is writing · open: waiting for reviewers · changes_requested: a reviewer asked for more ·
 * approved: every approval it needs is given · applied: took effect · closed: given up, with a reason, can be reopened
 */
export type ChangeState = "draft" | "open" | "changes_requested" | "approved" | "applied" | "closed";

/** none: applied by hand · scheduled: waits for its time · suspended: a gate fell · parked: trouble did not pass */
export type ScheduleState = "none" | "scheduled" | "suspended" | "parked";

export type Verdict = "approve" | "request_changes" | "comment";

/** New versions of bundles, applied together or not at all. */
export type VersionContent = {
  readonly kind: "version";
  readonly bundles: readonly {
    readonly bundleId: string;
    readonly slug: string;
    readonly draftId: string;
    /** Null for the first version of a bundle. */
    readonly baseVersionId: string | null;
    readonly semver: string;
    readonly base: JsonObject;
    readonly overlays: Readonly<Record<string, JsonObject>>;
    readonly source: BundleSource;
    /** Digest of {base, overlays}. */
    readonly digest: string;
  }[];
};

/** Versions into an environment, by digest. */
export type PromotionContent = {
  readonly kind: "promotion";
  readonly environment: string;
  readonly bundles: readonly {
    readonly bundleId: string;
    readonly slug: string;
    readonly versionId: string;
    readonly digest: string;
    readonly effectiveDigest: string;
    /** What ran there when the request was written; null for nothing. */
    readonly replacesSnapshotId: string | null;
  }[];
};

/** Earlier snapshots into their environment again. */
export type RollbackContent = {
  readonly kind: "rollback";
  readonly environment: string;
  readonly bundles: readonly {
    readonly bundleId: string;
    readonly slug: string;
    readonly snapshotId: string;
    readonly versionId: string;
    readonly effectiveDigest: string;
    readonly replacesSnapshotId: string | null;
  }[];
};

/** New rules of the system. */
export type RulesContent = {
  readonly kind: "rules";
  readonly baseRulesId: string;
  readonly rules: Rules;
};

export type ChangeContent = VersionContent | PromotionContent | RollbackContent | RulesContent;

/** Digest that approvals name: of the canonical JSON of the content (see `contentDigest` in rules). */
export type ContentDigest = string;

export type Anchor =
  | { readonly type: "request" }
  | { readonly type: "parameter"; readonly bundle: string; readonly pointer: string }
  | {
      readonly type: "line";
      readonly bundle: string;
      /** `base` or an environment. */
      readonly layer: string;
      readonly side: "before" | "after";
      /** 1-based. */
      readonly line: number;
      /** The line as it read, so that the thread can be found again after a rebase. */
      readonly text: string;
    };

/** The request as rules see it. */
export type ChangeRequest = {
  readonly id: string;
  readonly number: number;
  readonly systemId: string;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly reason: string;
  readonly state: ChangeState;
  /** A person; of a request that a token opened, the person whom the token speaks for. */
  readonly authorId: string;
  readonly authorName: string;
  /** Everyone who wrote part of the content, the author included; none of them may approve. */
  readonly contributors: readonly string[];
  /** Slugs of the environments that the content reaches. */
  readonly environments: readonly string[];
  readonly contentRevision: number;
  readonly contentDigest: ContentDigest;
  readonly incident: string | null;
  readonly scheduleState: ScheduleState;
  readonly scheduledFor: Date | null;
  readonly scheduledBy: string | null;
  readonly scheduleAttempts: number;
  readonly scheduleNote: string | null;
  readonly closedReason: string | null;
  readonly appliedAt: Date | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type Review = {
  readonly id: string;
  readonly reviewerId: string;
  readonly reviewerName: string;
  readonly verdict: Verdict;
  readonly contentDigest: ContentDigest;
  readonly contentRevision: number;
  readonly environments: readonly string[];
  readonly summary: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly dismissedAt: Date | null;
  readonly dismissedReason: string | null;
  readonly withdrawnAt: Date | null;
};

/** What a content changes in one environment. */
export type Touch = {
  readonly environment: string;
  readonly kinds: readonly ParameterKind[];
  /** Whether a locked parameter is among what changes. */
  readonly isLocked: boolean;
};

/** Somebody whose verdict may count: as they are now, not as they were when they gave it. */
export type Voice = {
  readonly id: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly grants: readonly Grant[];
  /** Slugs. */
  readonly groups: readonly string[];
};

/** A gate that a named person set aside, for one content and until a time. */
export type GateException = {
  readonly id: string;
  readonly gate: string;
  /** The one place it sets aside; null: the whole gate. */
  readonly item: string | null;
  readonly contentDigest: ContentDigest;
  readonly reason: string;
  readonly grantedById: string;
  readonly grantedByName: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
};

export type Thread = {
  readonly id: string;
  readonly anchor: Anchor;
  readonly contentRevision: number;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
};

/** What applying a request made: `id` is what its page is called by. */
export type Produced = {
  readonly kind: "version" | "deployment" | "rules";
  readonly id: string;
  readonly label: string;
};

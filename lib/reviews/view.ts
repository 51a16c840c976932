import type { ParameterChange } from "#lib/bundles/model.ts";
import type { JsonChange } from "#lib/kernel/diff.ts";
import type { ApprovalStatus } from "./approvals.ts";
import type { Anchor, ChangeRequest, GateException, Review } from "./model.ts";
import type { Requirements } from "./requirements.ts";

/** What the viewer may do with the request now, by the same rules that the commands go by. */
export type ChangeAbilities = {
  readonly comment: boolean;
  readonly approve: boolean;
  /** Why not, when a reviewer might wonder; null when they may. */
  readonly approveRefusal: string | null;
  readonly apply: boolean;
  readonly schedule: boolean;
  readonly unschedule: boolean;
  readonly edit: boolean;
  readonly open: boolean;
  readonly recall: boolean;
  readonly close: boolean;
  readonly reopen: boolean;
  readonly override: boolean;
};

export type ThreadView = {
  readonly id: string;
  readonly anchor: Anchor;
  readonly contentRevision: number;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly comments: readonly {
    readonly id: string;
    readonly authorId: string;
    readonly authorName: string;
    readonly body: string;
    readonly createdAt: Date;
  }[];
};

/** A verdict with whether it still counts. */
export type ReviewView = Review & {
  /** Why it does not count, as a sentence; null: it stands. */
  readonly staleBecause: string | null;
};

/** One text of the change, before and after. */
export type TextPair = {
  readonly bundle: string;
  /** `base`, an environment's overlay, `effective` or `rules`. */
  readonly layer: string;
  readonly before: string;
  readonly after: string;
};

/** What a page needs to know around a request, to put it into words. */
export type Surroundings = {
  /** The person who looks, or for whom the token speaks that does. */
  readonly viewerId: string;
  readonly viewerName: string;
  readonly isAuthorActive: boolean;
  /** The system's environments in their order. */
  readonly pipeline: readonly { readonly slug: string; readonly name: string }[];
  /** What each bundle comes from, by slug: the version that is built on or replaced; absent: nothing was there. */
  readonly comesFrom: Readonly<Record<string, string>>;
  /** Slugs of bundles whose draft holds text that is not in the request yet. */
  readonly draftsAhead: readonly string[];
  /** What changes in the rules, entry by entry; empty for other kinds. */
  readonly ruleChanges: readonly JsonChange[];
};

/** Everything that the request's page shows, gates and timeline aside. */
export type ChangeView = {
  readonly request: ChangeRequest;
  readonly system: { readonly id: string; readonly slug: string; readonly name: string; readonly isProtected: boolean };
  readonly outcome: readonly { readonly kind: string; readonly id: string; readonly label: string }[];
  readonly bundles: readonly {
    readonly bundleId: string;
    readonly slug: string;
    /** What applying makes or deploys. */
    readonly label: string;
    readonly href: string | null;
    readonly draftId: string | null;
  }[];
  readonly requirements: Requirements;
  readonly status: ApprovalStatus;
  /** Slugs, in the pipeline's order. */
  readonly reaches: readonly string[];
  readonly changes: readonly ParameterChange[];
  readonly texts: readonly TextPair[];
  readonly reviews: readonly ReviewView[];
  readonly threads: readonly ThreadView[];
  readonly exceptions: readonly (GateException & { readonly isInForce: boolean })[];
  readonly revisions: readonly {
    readonly revision: number;
    readonly digest: string;
    readonly createdBy: string;
    readonly createdAt: Date;
  }[];
  /** What changed since the viewer approved; null when their approval is of this content, or there is none. */
  readonly sinceMyApproval: { readonly revision: number; readonly texts: readonly TextPair[] } | null;
  readonly can: ChangeAbilities;
} & Surroundings;

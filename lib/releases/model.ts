/**
 * pending: deployed, not yet seen running · verified: every live runtime was seen running it, or somebody saw it run
 * where none reports · partial: some were · failed: all were told and none runs it · superseded: a newer one took its place · rolled_back: an earlier snapshot did
 */
export type DeploymentState = "pending" | "verified" | "partial" | "failed" | "superseded" | "rolled_back";

export type DeploymentKind = "promotion" | "rollback";

/** One side of a comparison. A version without an environment is compared by its whole document: base and overlays. */
export type ComparableRef =
  | { readonly type: "version"; readonly id: string; readonly environment: string | null }
  | { readonly type: "snapshot"; readonly number: number }
  | { readonly type: "environment"; readonly system: string; readonly environment: string; readonly bundle: string }
  | {
      /** A document that runtimes reported. */
      readonly type: "observed";
      readonly system: string;
      readonly environment: string;
      readonly bundle: string;
      readonly digest: string;
    }
  /** What one running instance runs now. */
  | { readonly type: "instance"; readonly id: string };

/** allow: changes only inside · deny: no changes inside; deny wins */
export type FreezeKind = "allow" | "deny";

/** All that vouched for a deployment, kept with its snapshot by value: nothing in it follows what changes later. */
export type Vouchers = {
  /** Number of the request that deployed it. */
  readonly changeRequest: number;
  /** What the approvals name. */
  readonly contentDigest: string;
  readonly author: string;
  readonly approvals: readonly {
    readonly reviewerId: string;
    readonly reviewerName: string;
    /** Slugs of the environments that it was counted for. */
    readonly environments: readonly string[];
    /** ISO 8601; absent in snapshots that were taken before it was kept. */
    readonly at?: string;
    readonly summary?: string;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly title?: string;
    readonly status: "passed" | "failed" | "pending" | "waived";
    readonly summary: string;
  }[];
  readonly exceptions: readonly {
    readonly gate: string;
    /** The one place that was set aside; null: the whole gate. */
    readonly item: string | null;
    readonly reason: string;
    readonly by: string;
    /** ISO 8601. */
    readonly expiresAt: string;
  }[];
  /** The snapshot that was deployed again; null: this was no rollback. */
  readonly rollbackOf: number | null;
};

/** Who or what saw a deployment run, as it is stored with the deployment. */
export type Verification = {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly digest: string;
  readonly evidence: string;
  /** Live runtimes that ran it, of how many; absent where somebody looked instead. */
  readonly running?: number;
  readonly live?: number;
};

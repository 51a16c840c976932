/**
 * pending: deployed, not yet seen running · verified: every live runtime reports its digest ·
 * partial: some do · failed: verification failed · superseded: a newer one took its place · rolled_back: an earlier snapshot did
 */
export type DeploymentState = "pending" | "verified" | "partial" | "failed" | "superseded" | "rolled_back";

export type DeploymentKind = "promotion" | "rollback";

/** One side of a comparison. A version without an environment is compared by its whole document: base and overlays. */
export type ComparableRef =
  | { readonly type: "version"; readonly id: string; readonly environment: string | null }
  | { readonly type: "snapshot"; readonly number: number }
  | { readonly type: "environment"; readonly system: string; readonly environment: string; readonly bundle: string };

/** allow: changes only inside · deny: no changes inside; deny wins */
export type FreezeKind = "allow" | "deny";

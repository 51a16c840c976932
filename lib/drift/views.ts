import type { Json, JsonObject } from "#lib/kernel/json.ts";
import type { HealthState, SyncState } from "#lib/runtimes/model.ts";
import type { FindingKind, FindingState, Severity } from "./model.ts";

type Named = { readonly slug: string; readonly name: string };

/** Where a finding or a verdict is. */
export type PlaceView = { readonly system: Named; readonly environment: Named; readonly bundle: Named };

/** A finding as lists show it. */
export type FindingRow = PlaceView & {
  readonly id: string;
  /** For people: F-12. */
  readonly number: number;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly state: FindingState;
  /** JSON Pointer; empty for what concerns the whole. */
  readonly pointer: string;
  /** A side that has none is absent. */
  readonly values: { readonly declared?: Json; readonly observed?: Json };
  readonly origin: string | null;
  readonly summary: string;
  /** Of this opening; an earlier one is in the timeline. */
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly reopenings: number;
  readonly lastSeenAt: Date | null;
  /** Live runtimes that showed it when it was last seen. */
  readonly instances: number;
  /** Evaluations that have seen it since it was opened. */
  readonly confirmations: number;
  readonly acknowledgedBy: string | null;
  readonly suppressedUntil: Date | null;
  /** Why it is suppressed, or was accepted. */
  readonly reason: string | null;
  readonly revision: number;
};

/** Something that happened to a finding. */
export type FindingMoment = {
  readonly id: string;
  /** opened, reopened, resolved, acknowledged, suppressed, unsuppressed, accepted, alerted or remediated */
  readonly kind: string;
  readonly by: string;
  readonly note: string;
  readonly at: Date;
};

/** Everything about one finding. */
export type FindingPage = FindingRow & {
  /** The last time that it was known not to be there; null when that was never seen. */
  readonly onsetAfter: Date | null;
  readonly alertedAt: Date | null;
  /** Both sides whole; null where the document is not kept any more, or was never there. */
  readonly documents: {
    readonly declared: JsonObject | null;
    readonly observed: JsonObject | null;
    readonly declaredDigest: string | null;
    readonly observedDigest: string | null;
  };
  /** Of the parameter in the catalogue; null when it is not described there. */
  readonly parameter: { readonly title: string; readonly owner: string; readonly risk: string } | null;
  readonly changeRequest: { readonly number: number; readonly title: string; readonly state: string } | null;
  readonly hotPatch: {
    readonly number: number;
    readonly incident: string;
    readonly expiresAt: Date;
    readonly state: string;
  } | null;
  /** The ignore rule in force that hides it; null: none does. */
  readonly hiddenBy: {
    readonly id: string;
    readonly pattern: string;
    readonly reason: string;
    readonly ownerName: string;
    readonly expiresAt: Date;
  } | null;
  readonly timeline: readonly FindingMoment[];
  /** Others that are not resolved, at the same parameter of the system or in the same place; at most 20. */
  readonly siblings: readonly FindingSibling[];
  /** What the reader may do with it. */
  readonly can: {
    readonly triage: boolean;
    readonly accept: boolean;
    readonly ignore: boolean;
    readonly remediate: boolean;
  };
};

export type FindingSibling = PlaceView &
  Pick<FindingRow, "number" | "kind" | "severity" | "state" | "pointer" | "summary">;

/** A runtime that shows a finding. */
export type AffectedInstance = {
  readonly id: string;
  readonly fleet: string;
  readonly instance: string;
  readonly digest: string | null;
  readonly build: string | null;
  readonly health: HealthState;
  readonly lastSeenAt: Date;
  readonly isSilent: boolean;
};

/** What is known of one bundle in one environment, as it counts at the moment of reading. */
export type VerdictView = {
  /** Past `validUntil` it is `stale`, whatever was last decided. */
  readonly sync: SyncState;
  readonly syncSince: Date | null;
  readonly health: HealthState;
  readonly healthSince: Date | null;
  readonly declaredDigest: string | null;
  /** What live runtimes run, most instances first. */
  readonly observed: readonly ObservedDigest[];
  readonly rulesDigest: string | null;
  readonly observedAt: Date | null;
  readonly observedBy: string | null;
  readonly lastInSyncAt: Date | null;
  /** Live ones. */
  readonly instances: number;
  readonly silent: number;
  readonly unreadable: number;
  /** Live ones that show a difference which counts. */
  readonly differing: number;
  readonly validUntil: Date | null;
};

export type ObservedDigest = { readonly digest: string; readonly instances: number; readonly sync: SyncState };

/** A verdict with its place and what is open there. */
export type VerdictRow = PlaceView &
  VerdictView & {
    readonly environmentId: string;
    readonly bundleId: string;
    /** Findings that are open, acknowledged or accepted, by severity. */
    readonly open: Readonly<Record<Severity, number>>;
  };

/** How much waits for somebody, for the navigation. */
export type FindingCounts = {
  /** Open ones of readable systems, counted up to 100. */
  readonly open: number;
  readonly critical: number;
};

/** Every difference of a place at this moment, those that ignore rules hide included. */
export type PlaceDifferences = PlaceView &
  VerdictView & {
    readonly differences: readonly {
      readonly kind: FindingKind;
      readonly severity: Severity;
      readonly pointer: string;
      readonly declared?: Json;
      readonly observed?: Json;
      readonly origin?: string;
      readonly summary: string;
      readonly instances: number;
      /** Number of the finding that records it; null while none does. */
      readonly finding: number | null;
      readonly ignoredBy: { readonly id: string; readonly reason: string } | null;
    }[];
  };

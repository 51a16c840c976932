/**
 * in_sync: every live runtime runs what is declared · hot_patched: what differs is an authorised hot-patch ·
 * drifted: there is a difference that can be shown · stale: the last report is too old ·
 * unknown: nothing was ever reported, or it could not be read
 */
export const SYNC_STATES = ["in_sync", "hot_patched", "drifted", "stale", "unknown"] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** What a runtime says of itself. */
export const HEALTH_STATES = ["ok", "degraded", "failing", "unknown"] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** What a runtime asked a model provider for, and what the provider said it served. */
export type ServedModel = {
  /** JSON Pointer of the parameter that named it. */
  readonly pointer: string;
  readonly requested: string;
  readonly served?: string;
  readonly fingerprint?: string;
};

/** Where a value came from: the file, the environment variable or the flag service that set it, in words. */
export type Origins = Readonly<Record<string, string>>;

/** A bundle in an environment: what is declared, served and observed together. */
export type Place = { readonly bundleId: string; readonly environmentId: string };

/** A restore that runtimes of a place are asked to carry out. */
export type Restore = {
  readonly id: string;
  /** Observed digests that it may replace. */
  readonly expected: readonly string[];
  /** What is to run afterwards. */
  readonly target: string;
};

/** Who fetches and reports: a runtime's credential, which reaches one environment. */
export type RuntimeCaller = {
  readonly tokenId: string;
  readonly systemId: string;
  readonly environmentId: string;
  /** Slug of the environment. */
  readonly environment: string;
  readonly mayFetch: boolean;
  readonly mayReport: boolean;
};

/** What a runtime is told once its report is kept. */
export type ReportAnswer = {
  readonly accepted: true;
  /** The digest is new: send the document with the next report. */
  readonly wantsDocument: boolean;
  /** Of what this runtime is served now; null: nothing is deployed. */
  readonly digest: string | null;
  readonly restore: Restore | null;
};

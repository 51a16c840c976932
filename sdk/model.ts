import type { JsonObject } from "./json.ts";

/** What a configuration is called, beside its content. */
export type Names = {
  readonly bundle: string | null;
  readonly version: string | null;
  /** Number of the snapshot that it comes from. */
  readonly snapshot: number | null;
  /** Numbers of the hot-patches on top of it. */
  readonly hotPatches: readonly number[];
  /** When the next of them is meant to end. What is served changes when Plumbline says so, not at this time. */
  readonly validUntil: Date | null;
};

/** A configuration whose digest was checked. */
export type Copy = Names & { readonly document: JsonObject; readonly digest: string };

/**
 * What a program runs at this moment; `since`: when it was taken into use here. Its source is network: Plumbline gave
 * it · disk: it is the last good copy, which Plumbline has not confirmed yet · none: there is none.
 */
export type Current =
  | (Copy & { readonly source: "network" | "disk"; readonly since: Date })
  | (Names & { readonly document: null; readonly digest: null; readonly source: "none"; readonly since: null });

/** ok · degraded: it works, but worse than it should · failing: it does not */
export type Health = "ok" | "degraded" | "failing";

/** What was asked of a model provider, and what the provider said it served. */
export type ServedModel = {
  /** JSON Pointer of the parameter that names the model. */
  readonly pointer: string;
  readonly requested: string;
  readonly served?: string;
  readonly fingerprint?: string;
};

/** What a program says of itself. Each report takes the place of the one before; what it leaves out is unknown. */
export type Report = {
  readonly health?: Health;
  readonly healthNote?: string;
  readonly models?: readonly ServedModel[];
  /** Where values come from that are not from Plumbline: JSON Pointer → in words. */
  readonly origins?: Readonly<Record<string, string>>;
  /** What really runs, where that is not what the client was given. */
  readonly observed?: JsonObject;
  /** Why what runs could not be read; then `observed` says nothing. */
  readonly unreadable?: string;
};

/** A request to put the declared configuration back. */
export type Restore = {
  readonly id: string;
  /** Digests of what may be replaced. */
  readonly expected: readonly string[];
  /** Digest of what is to run afterwards. */
  readonly target: string;
};

export const NO_NAMES: Names = { bundle: null, version: null, snapshot: null, hotPatches: [], validUntil: null };

import type { JsonObject } from "#lib/kernel/json.ts";
import type { HealthState, Origins, ServedModel, SyncState } from "./model.ts";

type Named = { readonly slug: string; readonly name: string };
type Placed = { readonly system: Named; readonly environment: Named; readonly bundle: Named };

/** What of a fleet runs the same digest. */
export type FleetRow = Placed & {
  readonly fleet: string;
  /** null: it could not be read. */
  readonly digest: string | null;
  readonly instances: number;
  /** Of them, those that have fallen silent. */
  readonly silent: number;
  /** Of the live ones, by what they say of themselves. */
  readonly health: Readonly<Record<HealthState, number>>;
  /** Builds that they report, at most 5, the newest name first. */
  readonly builds: readonly string[];
  readonly oldestReport: Date;
  readonly newestReport: Date;
  /** Exactly what runtimes are served now. */
  readonly isServed: boolean;
  /** What the digest is worth, as the last comparison found; null: it was not compared yet. */
  readonly sync: SyncState | null;
  /** The document that it names is kept. */
  readonly hasDocument: boolean;
  /** Why one of them could not be read. */
  readonly unreadable: string | null;
};

/** An instance as lists show it. */
export type InstanceRow = Placed & {
  readonly id: string;
  readonly fleet: string;
  readonly instance: string;
  readonly digest: string | null;
  readonly unreadable: string | null;
  readonly build: string | null;
  readonly health: HealthState;
  readonly healthNote: string | null;
  readonly client: string | null;
  readonly intervalSeconds: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** When anything but the heartbeat last changed. */
  readonly changedAt: Date;
  readonly isSilent: boolean;
};

/** Everything that is known of one instance. */
export type InstancePage = InstanceRow & {
  readonly models: readonly ServedModel[];
  /** After this moment it counts as silent. */
  readonly silentFrom: Date;
  /** Of what runtimes are served in its place; null: nothing is deployed. */
  readonly servedDigest: string | null;
  readonly hasDocument: boolean;
  /** What the digest is worth, as the last comparison found; null: it was not compared yet. */
  readonly sync: SyncState | null;
  /** The last restore that it carried out; null: none, or it is not known any more. */
  readonly restored: { readonly number: number; readonly state: string; readonly startedAt: Date } | null;
  /** Digests that it was the first to report, newest first; at most 20. */
  readonly firstReported: readonly { readonly digest: string; readonly firstSeenAt: Date; readonly lastSeenAt: Date }[];
  readonly can: { readonly retire: boolean };
};

/** A document that was seen running. What looks like a key is in it as its fingerprint only. */
export type ObservationPage = Placed & {
  readonly digest: string;
  readonly document: JsonObject;
  readonly origins: Origins;
  readonly reportedBy: string;
  readonly firstSeenAt: Date;
  /** Of the last instance that runs or ran it. */
  readonly lastSeenAt: Date;
  /** How many run it, silent ones included. */
  readonly instances: number;
  readonly isServed: boolean;
};

import type { Rules } from "#lib/systems/model.ts";
import type { DeclaredState } from "../declared.ts";
import type { Restore } from "../model.ts";
import type { Representations } from "./representations.ts";

/** What runtimes of one bundle in one environment are given, ready to be sent. */
export type Served = {
  readonly version: string;
  readonly rules: Rules;
  readonly state: DeclaredState;
  readonly representations: Representations;
  /** One frame of the stream: what is served from now on. */
  readonly frame: string;
};

/** A restore, and how often runtimes have been told of it. */
export type AskedRestore = Restore & { readonly attempt: number };

export type ServedBundle = {
  readonly slug: string;
  readonly isArchived: boolean;
  /** Null: nothing is deployed. */
  readonly served: Served | null;
  readonly restore: AskedRestore | null;
  /** Names what was read to make it: the same text, the same state but for the clock. */
  readonly stamp: string;
};

/** Everything that the runtimes of one environment are given. */
export type ServedEnvironment = {
  readonly environmentId: string;
  readonly systemId: string;
  readonly environment: string;
  /** The oldest first. */
  readonly bundles: readonly ServedBundle[];
  /** Names all of it: a change of what is served, of where it comes from or of how long it holds, changes this. */
  readonly etag: string;
  /** When it last changed, as far as is known here. */
  readonly changedAt: Date;
  /** When something of it ends by itself. */
  readonly validUntil: Date | null;
};

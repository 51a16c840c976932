import type { JsonObject } from "#lib/kernel/json.ts";
import type { Origins, ServedModel } from "#lib/runtimes/model.ts";

/** What one instance does differently from the others of its fleet. */
export type Oddity = {
  /** Numbers of the instances, from 1. */
  readonly instances: readonly number[];
  /** What somebody did to the configuration that runs there; absent: nothing. */
  readonly edit?: (configuration: JsonObject) => JsonObject;
  /** Where the edited values come from. */
  readonly origins?: Origins;
  /** It reported once, and is silent since. */
  readonly isSilent?: boolean;
  /** It cannot read what it runs, and says so. */
  readonly unreadable?: string;
  readonly health?: "degraded" | "failing";
  readonly healthNote?: string;
};

/** Instances of one bundle in one environment that report like real ones, over HTTP. */
export type DemoFleet = {
  readonly system: string;
  readonly environment: string;
  readonly bundle: string;
  readonly name: string;
  readonly size: number;
  readonly build: string;
  /** What the model provider said it served; absent: just what was asked for. */
  readonly served?: (requested: string) => Pick<ServedModel, "served" | "fingerprint">;
  readonly oddities?: readonly Oddity[];
};

/** A credential of the demo organisation's fleets in one environment. */
export type FleetToken = { readonly system: string; readonly environment: string; readonly secret: string };

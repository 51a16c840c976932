import type { JsonObject } from "#lib/kernel/json.ts";
import type { Origins, Place, ServedModel } from "./model.ts";
import type { InstanceState } from "./report-rules.ts";

/** A report as it is written: read, checked, and without secrets in its texts. */
export type Report = InstanceState &
  Place & {
    /** Names the instance: reports of the same one have the same key. */
    readonly key: string;
    readonly at: Date;
    readonly systemId: string;
    readonly instance: string;
    readonly document: JsonObject | null;
    readonly origins: Origins;
    readonly models: readonly ServedModel[];
    readonly isStopping: boolean;
    /** About how many bytes it takes to write it. */
    readonly weight: number;
  };

/** Names a place in maps. */
export function placeOf({ environmentId, bundleId }: Place): string {
  return `${environmentId} ${bundleId}`;
}

/** Names an observed digest in its place. */
export function observationOf(one: Place & { readonly digest: string | null }): string {
  return `${placeOf(one)} ${one.digest}`;
}

/** Names an instance in its place. */
export function instanceOf(one: Place & { readonly instance: string }): string {
  return `${placeOf(one)} ${one.instance}`;
}

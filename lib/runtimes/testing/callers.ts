import { database } from "#lib/platform/db.ts";
import { environmentBySlug } from "#lib/systems/store.ts";
import type { RuntimeCaller } from "../model.ts";

/** A runtime in an environment of a system, as its token makes it known. */
export async function aCaller(systemId: string, environment = "development"): Promise<RuntimeCaller> {
  const { id } = await environmentBySlug(database(), systemId, environment);
  return {
    tokenId: "019ab000-0000-7000-8000-000000000001",
    systemId,
    environmentId: id,
    environment,
    mayFetch: true,
    mayReport: true,
  };
}

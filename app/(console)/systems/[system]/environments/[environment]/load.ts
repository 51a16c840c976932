import { cache } from "react";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { environmentRunning } from "#lib/insights/place.ts";

/** What runs in an environment, read once for its page and the page's title. */
export const loadRunning = cache(async (system: string, environment: string) =>
  found(environmentRunning(await requireActor(), { system, environment })),
);

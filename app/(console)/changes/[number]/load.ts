import { cache } from "react";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { checkChange } from "#lib/gates/queries.ts";
import { showChange } from "#lib/reviews/queries/show-change.ts";

/** The request of this address, read once for the frame and the page in it. */
export const loadChange = cache(async (number: string) => found(showChange(await requireActor(), { number })));

/** Every gate of it, as applying would answer. */
export const loadGates = cache(async (number: string) => found(checkChange(await requireActor(), { number })));

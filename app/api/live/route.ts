import { liveUpdates } from "#lib/api/live.ts";

export { liveUpdates as GET };

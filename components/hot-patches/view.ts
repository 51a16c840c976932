import type { showHotPatch } from "#lib/hot-patches/queries/show-hot-patch.ts";

/** Everything that the page of one patch shows. */
export type HotPatchView = Awaited<ReturnType<typeof showHotPatch>>;

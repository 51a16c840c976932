"use server";

import type { PaletteItem } from "#components/palette/palette.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { search } from "#lib/insights/search.ts";

/** What the command palette finds for a few typed letters; nothing for none. */
export async function find(query: string): Promise<readonly PaletteItem[]> {
  const actor = await requireActor();
  return query.trim() === "" ? [] : search(actor, { q: query.slice(0, 100) });
}

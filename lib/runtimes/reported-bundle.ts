import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { RuntimeCaller } from "./model.ts";

type BundleRef = { readonly id: string; readonly slug: string; readonly archivedAt: Date | null };
type Bundles = { readonly readAt: number; readonly bundles: readonly BundleRef[] };

/** Bundles are made seldom and never taken away, so that reports need not ask for them each time. */
const FRESH_MS = 5_000;
const LARGEST = 10_000;
const known = new Map<string, Bundles>();

/**
 * The bundle that a runtime speaks of: the one named, or the only one of its system.
 * @throws Refusal `not_found` for an unknown one, `invalid` when none is named and there are several
 */
export async function bundleOfCaller(
  reader: Reader,
  { systemId }: Pick<RuntimeCaller, "systemId">,
  { slug, now }: { readonly slug: string | undefined; readonly now: Date },
): Promise<BundleRef> {
  const held = known.get(systemId);
  const found = held && isFresh(held, now) ? choose(held.bundles, slug) : undefined;
  if (found) return found;
  const bundles = await reader.bundle.findMany({
    where: { systemId },
    orderBy: { slug: "asc" },
    select: { id: true, slug: true, archivedAt: true },
  });
  if (known.size >= LARGEST) known.clear();
  known.set(systemId, { readAt: now.getTime(), bundles });
  const chosen = choose(bundles, slug);
  if (chosen) return chosen;
  const names = bundles.map((one) => one.slug).join(", ");
  if (slug !== undefined) {
    throw new Refusal("not_found", names ? `There is no bundle ${slug}; there are ${names}` : "There is no bundle yet");
  }
  if (names === "") throw new Refusal("not_found", "There is no bundle yet");
  throw new Refusal("invalid", `bundle: Say which bundle is meant: ${names}`, {
    fields: { bundle: [`Say which bundle is meant: ${names}`] },
  });
}

function isFresh({ readAt }: Bundles, now: Date): boolean {
  return Math.abs(now.getTime() - readAt) < FRESH_MS;
}

function choose(bundles: Bundles["bundles"], slug: string | undefined) {
  if (slug !== undefined) return bundles.find((one) => one.slug === slug);
  const current = bundles.filter((one) => one.archivedAt === null);
  return current.length === 1 ? current[0] : undefined;
}

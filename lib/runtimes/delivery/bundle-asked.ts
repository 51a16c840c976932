import { Refusal } from "#lib/kernel/refusal.ts";
import type { Served, ServedBundle, ServedEnvironment } from "./served.ts";

/**
 * The bundle that is named, or the only one.
 * @throws Refusal `not_found` for an unknown one, `invalid` when none is named and there are several
 */
export function bundleAsked({ bundles }: ServedEnvironment, slug: string | null): ServedBundle {
  const found = slug === null ? onlyOne(bundles) : bundles.find((bundle) => bundle.slug === slug);
  if (found) return found;
  const names = bundles.map((bundle) => bundle.slug).join(", ");
  if (names === "") throw new Refusal("not_found", "There is no bundle yet");
  if (slug !== null) throw new Refusal("not_found", `There is no bundle ${slug}; there are ${names}`);
  const message = `Say which bundle is meant, as in ?bundle=${bundles[0]?.slug}; there are ${names}`;
  throw new Refusal("invalid", message, { fields: { bundle: [message] } });
}

function onlyOne(bundles: readonly ServedBundle[]): ServedBundle | undefined {
  const [only, ...others] = bundles.filter((bundle) => !bundle.isArchived);
  return others.length === 0 ? only : undefined;
}

/** @throws Refusal `not_found` when nothing is deployed */
export function servedOf({ slug, served }: ServedBundle, environment: string): Served {
  if (served) return served;
  throw new Refusal("not_found", `Nothing of ${slug} is deployed in ${environment} yet`);
}

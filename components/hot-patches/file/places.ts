export type Named = { readonly slug: string; readonly name: string };

/** Where this person may file: systems with their environments, the last stage first, and the bundles that run there. */
export type PatchPlaces = readonly (Named & {
  readonly environments: readonly (Named & { readonly isAtOnce: boolean; readonly bundles: readonly Named[] })[];
})[];

export type ChosenPlace = { readonly system: string; readonly environment: string; readonly bundle: string };

/**
 * The place that is meant: of its system the nearest that there is. Without a system that may be filed for nothing is
 * chosen, unless there is but one: a slip of the eye would patch another system than the one that burns.
 */
export function placeIn(places: PatchPlaces, wanted: Partial<ChosenPlace>): ChosenPlace {
  const system = places.find((one) => one.slug === wanted.system) ?? (places.length === 1 ? places[0] : undefined);
  const environment = system?.environments.find((one) => one.slug === wanted.environment) ?? system?.environments[0];
  const bundle = environment?.bundles.find((one) => one.slug === wanted.bundle) ?? environment?.bundles[0];
  return { system: system?.slug ?? "", environment: environment?.slug ?? "", bundle: bundle?.slug ?? "" };
}

/** The cookie in which this browser remembers where a hot-patch was filed last: slugs with `/` between them. */
export const PLACE_COOKIE = "plumbline-hot-patch-place";

export function placeFrom(text: string | undefined): Partial<ChosenPlace> {
  const [system, environment, bundle] = text?.split("/") ?? [];
  return { ...(system && { system }), ...(environment && { environment }), ...(bundle && { bundle }) };
}

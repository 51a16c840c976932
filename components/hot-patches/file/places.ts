export type Named = { readonly slug: string; readonly name: string };

/** Where this person may file: systems with their environments, the last stage first, and the bundles that run there. */
export type PatchPlaces = readonly (Named & {
  readonly environments: readonly (Named & { readonly isAtOnce: boolean; readonly bundles: readonly Named[] })[];
})[];

export type ChosenPlace = { readonly system: string; readonly environment: string; readonly bundle: string };

/** The place that is meant, as far as there is one: else the nearest that there is. */
export function placeIn(places: PatchPlaces, wanted: Partial<ChosenPlace>): ChosenPlace {
  const system = places.find((one) => one.slug === wanted.system) ?? places[0];
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

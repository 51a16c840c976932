/** The named parameters of an address that have a value; of a repeated one, the first. */
export function firstOf<const Name extends string>(
  params: Readonly<Record<string, string | readonly string[] | undefined>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found = names.flatMap((name) => {
    const value = params[name];
    const first = typeof value === "string" ? value : value?.[0];
    return first ? [[name, first]] : [];
  });
  return Object.fromEntries(found) as Partial<Record<Name, string>>;
}

type Fits = { readonly safeParse: (value: unknown) => { readonly success: boolean } };

/** The filters of an address whose values the list knows: one that it does not know filters nothing. */
export function fittingOf<Name extends string>(
  filter: Partial<Record<Name, string>>,
  shape: Readonly<Partial<Record<Name, Fits>>>,
): Partial<Record<Name, string>> {
  const fits = (name: Name) => shape[name]?.safeParse(filter[name]).success ?? true;
  const unfit = Object.keys(shape).filter((name) => filter[name as Name] !== undefined && !fits(name as Name));
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !unfit.includes(name))) as typeof filter;
}

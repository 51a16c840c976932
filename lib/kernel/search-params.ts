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

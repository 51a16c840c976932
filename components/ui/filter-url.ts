/** Places in a list; another filter or order starts again from the top. */
const CURSORS = ["after", "before"] as const;

/** Null or empty takes the parameter away; a list repeats it. */
export type ParamChanges = Readonly<Record<string, string | readonly string[] | null>>;

/** The query of an address with some parameters changed and the place in the list forgotten: `?…`, or nothing. */
export function withParams(current: string, changes: ParamChanges): string {
  const params = new URLSearchParams(current);
  for (const cursor of CURSORS) if (!(cursor in changes)) params.delete(cursor);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    const values = value === null ? [] : typeof value === "string" ? [value] : value;
    for (const one of values) if (one !== "") params.append(name, one);
  }
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** A page's search parameters, as Next hands them over, as the query that they came from. */
export function queryOf(params: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const values = value === undefined ? [] : typeof value === "string" ? [value] : value;
    for (const one of values) query.append(name, one);
  }
  return query.toString();
}

/** The order of a list as its address has it: `at.desc`. */
export type Sort = { readonly column: string; readonly isDescending: boolean };

export const SORT_PARAM = "sort";

/** The order that an address asks for, if it is one of the columns that can be sorted by; else the list's own. */
export function sortOf(param: string | readonly string[] | undefined, columns: readonly string[], own: Sort): Sort {
  if (typeof param !== "string") return own;
  const [column = "", direction] = param.split(".");
  if (!columns.includes(column) || (direction !== "asc" && direction !== "desc")) return own;
  return { column, isDescending: direction === "desc" };
}

export function sortParam(sort: Sort): string {
  return `${sort.column}.${sort.isDescending ? "desc" : "asc"}`;
}

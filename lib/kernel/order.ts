/**
 * Compares two strings by UTF-16 code units, as RFC 8785 §3.2.3 sorts keys: the same order on every machine and in
 * every locale, unlike `localeCompare`.
 */
export function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

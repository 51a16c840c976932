import type { HttpRoute } from "#lib/command.ts";

/** The values of a path's `{name}` segments. */
export type PathValues = Readonly<Record<string, string>>;

type Segment = { readonly name: string; readonly isValue: boolean };
type Compiled<E> = { readonly entry: E; readonly method: HttpRoute["method"]; readonly segments: readonly Segment[] };

/** found: the entry and its path's values · method: the path is known, with other methods · none: there is no such path */
export type Match<E> =
  | { readonly is: "found"; readonly entry: E; readonly values: PathValues }
  | { readonly is: "method"; readonly allowed: readonly string[] }
  | { readonly is: "none" };

function compile(path: string): readonly Segment[] {
  return path
    .slice(1)
    .split("/")
    .map((text) => ({ name: text.replace(/^\{|\}$/g, ""), isValue: text.startsWith("{") }));
}

/** Finds entries by method and path; a segment that is spelt out wins over one that takes any value. */
export function routeFinder<E>(routes: readonly { readonly entry: E; readonly http: HttpRoute }[]) {
  const compiled: readonly Compiled<E>[] = routes
    .map(({ entry, http }) => ({ entry, method: http.method, segments: compile(http.path) }))
    .sort((a, b) => openness(a.segments).localeCompare(openness(b.segments)));

  return function find(method: string, path: string): Match<E> {
    const parts = path.split("/").slice(1).map(decoded);
    const fitting = compiled.flatMap(({ segments, ...route }) => {
      const values = valuesOf(segments, parts);
      return values ? [{ ...route, values }] : [];
    });
    const found = fitting.find((route) => route.method === method);
    if (found) return { is: "found", entry: found.entry, values: found.values };
    return fitting.length > 0
      ? { is: "method", allowed: [...new Set(fitting.map((route) => route.method))].sort() }
      : { is: "none" };
  };
}

/** Sorts paths that say more in earlier segments first. */
function openness(segments: readonly Segment[]): string {
  return segments.map(({ isValue }) => (isValue ? "1" : "0")).join("");
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function valuesOf(segments: readonly Segment[], parts: readonly (string | null)[]): PathValues | null {
  if (segments.length !== parts.length) return null;
  const values: Record<string, string> = {};
  for (const [index, { name, isValue }] of segments.entries()) {
    const part = parts[index];
    if (typeof part !== "string" || part === "") return null;
    if (isValue) values[name] = part;
    else if (part !== name) return null;
  }
  return values;
}

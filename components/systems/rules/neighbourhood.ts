import type { Dependency } from "#lib/systems/model.ts";

/** The dependencies within so many steps of a place, in either direction; null: all of them. */
export function neighbourhood(
  dependencies: readonly Dependency[],
  focus: string | null,
  steps: number,
): readonly Dependency[] {
  if (focus === null) return dependencies;
  const near = new Set([focus]);
  for (let step = 0; step < steps; step++) {
    const touching = dependencies.filter(({ from, to }) => near.has(from) || near.has(to));
    for (const { from, to } of touching) near.add(from).add(to);
  }
  return dependencies.filter(({ from, to }) => near.has(from) && near.has(to));
}

/** The place that most dependencies touch: what a graph too large to read as a whole begins with. */
export function busiest(dependencies: readonly Dependency[]): string | null {
  const counts = new Map<string, number>();
  for (const { from, to } of dependencies) {
    for (const place of [from, to]) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

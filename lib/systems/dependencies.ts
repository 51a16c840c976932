import { compilePattern } from "#lib/kernel/pattern.ts";
import type { Dependency } from "./model.ts";

/** One step of the way from a change to what it affects. */
export type DependencyStep = { readonly from: string; readonly to: string; readonly reason: string };

export type Affected = {
  readonly pointer: string;
  /** The shortest way to it, from a changed parameter. */
  readonly path: readonly DependencyStep[];
};

/**
 * Every parameter that needs re-evaluation when these change, through any number of dependencies, nearest first.
 * A pattern also covers what lies inside the places that it matches. Circles end where they began: a changed parameter
 * is listed as well when a way leads to it.
 */
export function affectedBy(
  dependencies: readonly Dependency[],
  changed: readonly string[],
  all: readonly string[],
): readonly Affected[] {
  const edges = edgesOf(dependencies, [...new Set([...changed, ...all])]);
  const uses = new Map<Edge, number>();
  const reached = new Map<string, Affected>();
  let front: readonly Affected[] = changed.map((pointer) => ({ pointer, path: [] }));
  while (front.length > 0) {
    const following: Affected[] = [];
    for (const { pointer, path } of front) {
      for (const edge of edges) {
        const use = uses.get(edge) ?? 0;
        // The first use reaches all that a dependency leads to but its own start; a second one reaches that too.
        if (use === 2 || !edge.from.has(pointer)) continue;
        uses.set(edge, use + 1);
        for (const to of edge.to) {
          if (to === pointer || reached.has(to)) continue;
          const found = { pointer: to, path: [...path, { from: pointer, to, reason: edge.reason }] };
          reached.set(to, found);
          following.push(found);
        }
      }
    }
    front = following;
  }
  return [...reached.values()];
}

/**
 * Groups of parameters that depend on each other in a circle, each in the order given by `all`. Strongly connected
 * components, by Kosaraju's algorithm without recursion.
 */
export function cyclesOf(dependencies: readonly Dependency[], all: readonly string[]): readonly (readonly string[])[] {
  const edges = edgesOf(dependencies, all);
  const order = finishingOrder(all, (pointer) =>
    edges.filter((edge) => edge.from.has(pointer)).flatMap((edge) => [...edge.to]),
  );
  const groupOf = new Map<string, number>();
  for (const [group, start] of order.reverse().entries()) {
    const pending = [start];
    for (let pointer = pending.pop(); pointer !== undefined; pointer = pending.pop()) {
      if (groupOf.has(pointer)) continue;
      groupOf.set(pointer, group);
      const at = pointer;
      for (const edge of edges) if (edge.to.has(at)) pending.push(...edge.from);
    }
  }
  const groups = Map.groupBy(all, (pointer) => groupOf.get(pointer));
  const dependsOnItself = (pointer: string) => edges.some((edge) => edge.from.has(pointer) && edge.to.has(pointer));
  return [...groups.values()].filter((group) => group.length > 1 || group.some(dependsOnItself));
}

type Edge = { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string>; readonly reason: string };

function edgesOf(dependencies: readonly Dependency[], pointers: readonly string[]): readonly Edge[] {
  return dependencies.map((dependency) => ({
    from: covered(dependency.from, pointers),
    to: covered(dependency.to, pointers),
    reason: dependency.reason,
  }));
}

function covered(pattern: string, pointers: readonly string[]): ReadonlySet<string> {
  const { matches } = compilePattern(pattern);
  return new Set(pointers.filter((pointer) => prefixesOf(pointer).some(matches)));
}

/** The pointer and its ancestors, without the root. */
function prefixesOf(pointer: string): readonly string[] {
  const prefixes: string[] = [];
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) prefixes.push(at);
  return prefixes;
}

/** Depth-first, each pointer after all that it leads to. */
function finishingOrder(all: readonly string[], next: (pointer: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const start of all) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ pointer: start, rest: [...next(start)] }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.rest.pop();
      if (child === undefined) {
        order.push(top.pointer);
        stack.pop();
      } else if (!seen.has(child)) {
        seen.add(child);
        stack.push({ pointer: child, rest: [...next(child)] });
      }
    }
  }
  return order;
}

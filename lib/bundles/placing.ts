import { isEmptyObject, isJsonObject, type Json, memberOf } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";
import { parsePointer } from "#lib/kernel/pointer.ts";
import { overlayOf } from "./effective.ts";
import type { BundleDocument, Layer, Problem } from "./model.ts";

/** The layer that decides what stands at a pointer of an environment's effective configuration, or that it is missing. */
export function layerOf(pointer: string, environment: string, document: BundleDocument): Layer {
  let at: Json = overlayOf(document, environment);
  for (const segment of parsePointer(pointer)) {
    if (!isJsonObject(at)) return environment;
    const member = memberOf(at, segment);
    if (member === undefined) return "base";
    at = member;
  }
  return pointer === "" || (isJsonObject(at) && !isEmptyObject(at)) ? "base" : environment;
}

/** A problem of base that every environment shows is told once, without an environment. */
export function mergeAcrossEnvironments(
  problems: readonly Problem[],
  environments: readonly string[],
): readonly Problem[] {
  const groups = Map.groupBy(problems, ({ rule, severity, message, layer, pointer }) =>
    JSON.stringify([rule, severity, message, layer, pointer]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const seen = new Set(group.map((problem) => problem.environment));
    if (first === undefined || environments.length < 2 || !environments.every((environment) => seen.has(environment))) {
      return group;
    }
    const { environment: _, ...shared } = first;
    return [shared];
  });
}

/** Errors first, then base before overlays in pipeline order, then from top to bottom. */
export function sortProblems(problems: readonly Problem[], environments: readonly string[]): readonly Problem[] {
  const rank = (problem: Problem) => {
    const place = environments.indexOf(problem.layer);
    return problem.layer === "base" ? -1 : place === -1 ? environments.length : place;
  };
  return [...problems].sort(
    (a, b) =>
      Number(a.severity === "warning") - Number(b.severity === "warning") ||
      rank(a) - rank(b) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      byCodeUnits(a.pointer ?? "", b.pointer ?? ""),
  );
}

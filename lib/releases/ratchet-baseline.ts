import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { getAt, leavesOf, parsePointer, removeAt, setAt } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";

/** A deployment for which the ratchet was set aside: what it accepted is what relaxations count from. */
export type Acceptance = {
  readonly effective: JsonObject;
  /** Items of waivers; null among them: the whole gate. */
  readonly items: readonly (string | null)[];
};

/**
 * What relaxations are counted from: the first configuration of an environment, replaced wherever a named person
 * accepted another value since, oldest acceptance first. Pure.
 */
export function baselineOf(bundle: string, first: JsonObject, acceptances: readonly Acceptance[]): JsonObject {
  const baseline = acceptances.reduce<Json>((current, { effective, items }) => {
    if (items.includes(null)) return effective;
    return items.reduce<Json>((document, item) => {
      const [slug, pointer] = splitItem(item);
      if (slug !== bundle) return document;
      const accepted = getAt(effective, pointer);
      return accepted === undefined ? removeAt(document, pointer) : setAt(document, pointer, accepted);
    }, current);
  }, first);
  return isJsonObject(baseline) ? baseline : {};
}

function splitItem(item: string | null): readonly [bundle: string, pointer: string] {
  const at = item?.indexOf("#") ?? -1;
  return at < 0 ? ["", ""] : [item?.slice(0, at) ?? "", item?.slice(at + 1) ?? ""];
}

type Place = { readonly bundleId: string; readonly bundle: string; readonly environmentId: string };

/** The accepted baseline of a bundle in an environment; null before anything was deployed there. */
export async function acceptedBaseline(
  reader: Reader,
  place: Place,
  { rules, after }: { readonly rules: Rules; readonly after: JsonObject },
): Promise<JsonObject | null> {
  const where = { bundleId: place.bundleId, environmentId: place.environmentId };
  const first = await reader.snapshot.findFirst({ where, orderBy: { number: "asc" }, select: { effective: true } });
  if (!first) return null;
  const accepting = await reader.deployment.findMany({
    where: { ...where, changeRequest: { exceptions: { some: { gate: "ratchet" } } } },
    orderBy: { number: "asc" },
    select: {
      snapshot: { select: { effective: true } },
      changeRequest: {
        select: {
          contentDigest: true,
          exceptions: { where: { gate: "ratchet" }, select: { item: true, contentDigest: true } },
        },
      },
    },
  });
  const acceptances = accepting.map(({ snapshot, changeRequest }) => ({
    effective: snapshot.effective as JsonObject,
    items: changeRequest.exceptions
      .filter((one) => one.contentDigest === changeRequest.contentDigest)
      .map((one) => one.item),
  }));
  const baseline = baselineOf(place.bundle, first.effective as JsonObject, acceptances);
  return withLaterGuardrails(reader, where, { baseline, rules, after, bundle: place.bundle });
}

/** A guardrail that came later counts from the value it came with, or else it could be relaxed without end. */
async function withLaterGuardrails(
  reader: Reader,
  where: { readonly bundleId: string; readonly environmentId: string },
  question: {
    readonly baseline: JsonObject;
    readonly rules: Rules;
    readonly after: JsonObject;
    readonly bundle: string;
  },
): Promise<JsonObject> {
  const { parameterAt } = catalogueOf(question.rules, question.bundle);
  const guarded = leavesOf(question.after)
    .map((leaf) => parameterAt(leaf.pointer))
    .filter((parameter) => parameter.rule?.maxRelaxation !== undefined)
    .map((parameter) => parameter.pointer);
  let baseline: Json = question.baseline;
  for (const pointer of new Set(guarded)) {
    if (getAt(baseline, pointer) !== undefined) continue;
    const path = [...parsePointer(pointer)];
    const [row] = await reader.$queryRaw<{ value: Json }[]>`
      SELECT effective #> ${path}::text[] AS value FROM snapshot
      WHERE bundle_id = ${where.bundleId}::uuid AND environment_id = ${where.environmentId}::uuid
        AND effective #> ${path}::text[] IS NOT NULL
      ORDER BY number LIMIT 1`;
    if (row) baseline = setAt(baseline, pointer, row.value);
  }
  return isJsonObject(baseline) ? baseline : {};
}

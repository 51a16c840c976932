import { assertMay } from "#lib/access/may.ts";
import { compareEffective, parameterChanges } from "#lib/bundles/changes.ts";
import { toYaml } from "#lib/bundles/edit-source.ts";
import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import type { BundleSource, ParameterChange } from "#lib/bundles/model.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";
import { parseComparable } from "#lib/releases/comparable.ts";
import { Compare } from "#lib/releases/input.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";
import { findSide, type Side } from "./compared-side.ts";

export type Comparison = {
  readonly left: Omit<Side, "effective" | "document" | "source">;
  readonly right: Omit<Side, "effective" | "document" | "source">;
  readonly isSame: boolean;
  readonly rows: readonly ParameterChange[];
  /** YAML of both sides, layer by layer; one layer called `effective` when environments are compared. */
  readonly texts: readonly { readonly layer: string; readonly before: string; readonly after: string }[];
};

/** Any two of: versions, snapshots, what environments declare, what was seen running. Meaning (relaxed, tightened, …) follows today's rules. */
export const compare = query(
  {
    name: "comparison.show",
    may: "system:read",
    on: "anywhere",
    input: Compare,
    summary: "Compare any two of: versions, snapshots, what environments declare, what was seen running",
    http: { method: "GET", path: "/compare" },
  },
  async ({ db, actor, now, input }): Promise<Comparison> => {
    const refs = [parseComparable(input.left), parseComparable(input.right)] as const;
    const [left, right] = await Promise.all([findSide(db, refs[0], now), findSide(db, refs[1], now)]);
    for (const side of [left, right]) assertMay(actor, "system:read", { systemId: side.systemId });
    const { rules } = await currentRules(db, right.systemId);
    if (left.document && right.document) {
      const environments = (await environmentsOf(db, right.systemId)).map((one) => one.slug);
      const rows = parameterChanges({
        bundle: right.bundle,
        before: left.document,
        after: right.document,
        environments,
        rules,
      });
      return { ...headers(left, right), rows, texts: layerTexts(left.source, right.source, environments) };
    }
    const before = effectiveOf(left, right);
    const after = effectiveOf(right, left);
    return {
      ...headers(left, right),
      isSame: digestIn(left, before) === digestIn(right, after),
      rows: compareEffective({ bundle: right.bundle, before, after, rules }),
      texts: [{ layer: "effective", before: toYaml(before), after: toYaml(after) }],
    };
  },
);

function headers(left: Side, right: Side): Pick<Comparison, "left" | "right" | "isSame"> {
  return { left: header(left), right: header(right), isSame: left.digest === right.digest };
}

function header({ label, href, digest, systemId, bundle, environment }: Side): Comparison["left"] {
  return { label, href, digest, systemId, bundle, environment };
}

/** Of what was seen running, the digest as it was reported: keys in it are kept as their fingerprints only. */
function digestIn(side: Side, effective: JsonObject): string {
  return side.effective ? side.digest : digestOf(effective);
}

/** A version has an effective configuration only in an environment: its own, or else the other side's. */
function effectiveOf(side: Side, other: Side): JsonObject {
  if (side.effective) return side.effective;
  const environment = other.environment;
  if (!side.document || environment === null) {
    throw new Refusal("invalid", "Say for which environment the version is meant: version:<id>@<environment>");
  }
  return effectiveConfiguration(side.document, environment).value;
}

function layerTexts(left: BundleSource | undefined, right: BundleSource | undefined, environments: readonly string[]) {
  const textAt = (source: BundleSource | undefined, layer: string) =>
    (layer === "base" ? source?.base : source?.overlays[layer]) ?? "";
  return ["base", ...environments]
    .map((layer) => ({ layer, before: textAt(left, layer), after: textAt(right, layer) }))
    .filter((one) => one.before !== "" || one.after !== "");
}

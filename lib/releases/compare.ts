import { assertMay } from "#lib/access/may.ts";
import { compareEffective, parameterChanges } from "#lib/bundles/changes.ts";
import { toYaml } from "#lib/bundles/edit-source.ts";
import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import type { BundleDocument, BundleSource, ParameterChange } from "#lib/bundles/model.ts";
import { type BundleVersionRow, versionById } from "#lib/bundles/store.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { parseComparable } from "#lib/releases/comparable.ts";
import { Compare } from "#lib/releases/input.ts";
import type { ComparableRef } from "#lib/releases/model.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";

/** One side, found: whose it is, what it holds, and where it stands. */
export type Side = {
  readonly label: string;
  readonly href: string;
  readonly digest: string;
  readonly systemId: string;
  readonly bundle: string;
  readonly environment: string | null;
  /** The effective configuration; absent for the whole document of a version. */
  readonly effective?: JsonObject;
  readonly document?: BundleDocument;
  readonly source?: BundleSource;
};

export type Comparison = {
  readonly left: Omit<Side, "effective" | "document" | "source">;
  readonly right: Omit<Side, "effective" | "document" | "source">;
  readonly isSame: boolean;
  readonly rows: readonly ParameterChange[];
  /** YAML of both sides, layer by layer; one layer called `effective` when environments are compared. */
  readonly texts: readonly { readonly layer: string; readonly before: string; readonly after: string }[];
};

/** Any two of: versions, snapshots, what environments declare. Meaning (relaxed, tightened, …) follows today's rules. */
export const compare = query(
  {
    name: "comparison.show",
    may: "system:read",
    on: "anywhere",
    input: Compare,
    summary: "Compare any two of: versions, snapshots, what environments declare",
    http: { method: "GET", path: "/compare" },
  },
  async ({ db, actor, input }): Promise<Comparison> => {
    const refs = [parseComparable(input.left), parseComparable(input.right)] as const;
    const [left, right] = await Promise.all([find(db, refs[0]), find(db, refs[1])]);
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
      isSame: digestOf(before) === digestOf(after),
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

async function find(reader: Reader, ref: ComparableRef): Promise<Side> {
  switch (ref.type) {
    case "version":
      return versionSide(reader, await versionById(reader, ref.id), ref.environment);
    case "snapshot": {
      const snapshot = await reader.snapshot.findUnique({ where: { number: ref.number }, include: sideColumns });
      if (!snapshot) throw new Refusal("not_found", `There is no snapshot ${ref.number}`);
      return {
        label: `Snapshot ${snapshot.number} · ${snapshot.bundle.name} ${snapshot.version.semver} in ${snapshot.environment.name}`,
        href: `/snapshots/${snapshot.number}`,
        digest: snapshot.effectiveDigest,
        systemId: snapshot.systemId,
        bundle: snapshot.bundle.slug,
        environment: snapshot.environment.slug,
        effective: snapshot.effective as JsonObject,
      };
    }
    case "environment": {
      const deployment = await reader.deployment.findFirst({
        where: {
          isCurrent: true,
          environment: { slug: ref.environment, system: { slug: ref.system } },
          bundle: { slug: ref.bundle },
        },
        select: { snapshot: { include: sideColumns } },
      });
      if (!deployment)
        throw new Refusal("not_found", `Nothing of ${ref.bundle} is deployed in ${ref.environment} of ${ref.system}`);
      const { snapshot } = deployment;
      return {
        label: `${snapshot.environment.name} now · ${snapshot.bundle.name} ${snapshot.version.semver}`,
        href: `/systems/${ref.system}/environments/${ref.environment}`,
        digest: snapshot.effectiveDigest,
        systemId: snapshot.systemId,
        bundle: ref.bundle,
        environment: ref.environment,
        effective: snapshot.effective as JsonObject,
      };
    }
  }
}

const sideColumns = {
  bundle: { select: { slug: true, name: true } },
  environment: { select: { slug: true, name: true } },
  version: { select: { semver: true } },
} as const;

async function versionSide(reader: Reader, version: BundleVersionRow, environment: string | null): Promise<Side> {
  const bundle = await reader.bundle.findUniqueOrThrow({
    where: { id: version.bundleId },
    include: { system: { select: { id: true, slug: true } } },
  });
  const side = {
    href: `/versions/${version.id}`,
    systemId: bundle.system.id,
    bundle: bundle.slug,
    environment,
  };
  if (environment === null) {
    const { document, source } = version;
    return { ...side, label: `${bundle.name} ${version.semver}`, digest: version.digest, document, source };
  }
  const effective = effectiveConfiguration(version.document, environment).value;
  return {
    ...side,
    label: `${bundle.name} ${version.semver} for ${environment}`,
    digest: digestOf(effective),
    effective,
  };
}

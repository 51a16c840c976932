import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import type { BundleDocument, BundleSource } from "#lib/bundles/model.ts";
import { type BundleVersionRow, versionById } from "#lib/bundles/store.ts";
import { isInForce } from "#lib/hot-patches/effective.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { shortDigest } from "#lib/kernel/short-digest.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { ComparableRef } from "#lib/releases/model.ts";
import { declaredState } from "./declared.ts";

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

/** Finds one side. @throws Refusal `not_found` saying what there is not */
export async function findSide(reader: Reader, ref: ComparableRef, now: Date): Promise<Side> {
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
    case "environment":
      return environmentSide(reader, ref, now);
    case "observed":
      return observedSide(reader, ref);
    case "instance":
      return instanceSide(reader, ref.id);
  }
}

type PlaceRef = { readonly system: string; readonly environment: string; readonly bundle: string };

/** What is declared there at this moment: the snapshot that is deployed, with the hot-patches in force. */
async function environmentSide(reader: Reader, ref: PlaceRef, now: Date): Promise<Side> {
  const place = await placeNamed(reader, ref);
  const state = place && (await declaredState(reader, place.ids, now));
  if (!state) {
    throw new Refusal("not_found", `Nothing of ${ref.bundle} is deployed in ${ref.environment} of ${ref.system}`);
  }
  const { semver } = await reader.bundleVersion.findUniqueOrThrow({
    where: { id: state.snapshot.versionId },
    select: { semver: true },
  });
  const patches = state.patches.filter((patch) => isInForce(patch, now)).map((patch) => `HP-${patch.number}`);
  return {
    ...sideIn(place, ref),
    label: [`${place.environment} now · ${place.bundle} ${semver}`, ...patches].join(" with "),
    digest: state.declaredDigest,
    effective: state.declared,
  };
}

async function observedSide(reader: Reader, ref: PlaceRef & { readonly digest: string }): Promise<Side> {
  const place = await placeNamed(reader, ref);
  const found =
    place &&
    (await reader.observation.findUnique({
      where: { environmentId_bundleId_digest: { ...place.ids, digest: ref.digest } },
    }));
  if (!found) {
    throw new Refusal(
      "not_found",
      `No runtime of ${ref.bundle} in ${ref.environment} reported ${shortDigest(ref.digest)} with its document, or it is not kept any more`,
    );
  }
  return {
    ...sideIn(place, ref),
    label: `Seen in ${place.environment} · ${place.bundle} ${shortDigest(ref.digest)}`,
    digest: ref.digest,
    effective: found.document as JsonObject,
  };
}

/** What an instance runs now. */
async function instanceSide(reader: Reader, id: string): Promise<Side> {
  const runtime = await reader.runtime.findUnique({ where: { id } });
  if (!runtime) throw new Refusal("not_found", "This instance is not known any more");
  if (runtime.digest === null) throw new Refusal("not_found", `What ${runtime.instance} runs could not be read`);
  const [environment, bundle] = await Promise.all([
    reader.environment.findUniqueOrThrow({
      where: { id: runtime.environmentId },
      select: { slug: true, system: { select: { slug: true } } },
    }),
    reader.bundle.findUniqueOrThrow({ where: { id: runtime.bundleId }, select: { slug: true } }),
  ]);
  const ref = { system: environment.system.slug, environment: environment.slug, bundle: bundle.slug };
  const side = await observedSide(reader, { ...ref, digest: runtime.digest });
  return { ...side, label: `${runtime.instance} of ${runtime.fleet} · ${side.label}` };
}

async function placeNamed(reader: Reader, ref: PlaceRef) {
  const [environment, bundle] = await Promise.all([
    reader.environment.findFirst({
      where: { slug: ref.environment, system: { slug: ref.system } },
      select: { id: true, name: true, systemId: true },
    }),
    reader.bundle.findFirst({
      where: { slug: ref.bundle, system: { slug: ref.system } },
      select: { id: true, name: true },
    }),
  ]);
  if (!environment || !bundle) return null;
  return {
    ids: { environmentId: environment.id, bundleId: bundle.id },
    systemId: environment.systemId,
    environment: environment.name,
    bundle: bundle.name,
  };
}

function sideIn(place: { readonly systemId: string }, { system, environment, bundle }: PlaceRef) {
  return {
    href: `/systems/${system}/environments/${environment}`,
    systemId: place.systemId,
    bundle,
    environment,
  };
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

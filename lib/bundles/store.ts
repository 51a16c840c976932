import { documentDigest, effectiveDigests } from "#lib/bundles/digests.ts";
import type { BundleDocument, BundleSource, DraftState } from "#lib/bundles/model.ts";
import { newId } from "#lib/kernel/id.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, refusingTaken, type Tx } from "#lib/platform/db.ts";

export async function insertBundle(
  tx: Tx,
  bundle: { readonly systemId: string; readonly slug: string; readonly name: string; readonly description: string },
  now: Date,
): Promise<string> {
  const id = newId(now);
  await refusingTaken("bundle_slug_key", `This system has a bundle ${bundle.slug} already; choose another name`, () =>
    tx.bundle.create({ data: { ...bundle, id, createdAt: now } }),
  );
  return id;
}

/** @throws Refusal `not_found` */
export async function bundleBySlug(reader: Reader, system: string, slug: string) {
  const bundle = await reader.bundle.findFirst({
    where: { slug, system: { slug: system } },
    include: { system: true },
  });
  if (!bundle) throw new Refusal("not_found", `The system ${system} has no bundle ${slug}`);
  return bundle;
}

export async function archiveRow(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  now: Date,
): Promise<void> {
  const { count } = await tx.bundle.updateMany({
    where: { id: seen.id, revision: seen.revision, archivedAt: null },
    data: { archivedAt: now, revision: seen.revision + 1 },
  });
  if (count === 0) throw new Refusal("conflict", "Someone else changed this bundle first; reload to see their change");
}

export type NewDraft = {
  readonly bundleId: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly baseVersionId: string | null;
  readonly title: string;
  readonly source: BundleSource;
};

export async function insertDraft(tx: Tx, { authorName, source, ...draft }: NewDraft, now: Date): Promise<string> {
  const id = newId(now);
  await tx.draft.create({
    data: { ...draft, id, source, createdAt: now, updatedAt: now, updatedBy: authorName },
  });
  return id;
}

/** @throws Refusal `not_found` */
export async function draftById(reader: Reader, id: string) {
  const draft = await reader.draft.findUnique({ where: { id }, include: { bundle: { include: { system: true } } } });
  if (!draft) throw new Refusal("not_found", "There is no such draft");
  return { ...draft, source: draft.source as unknown as BundleSource, state: draft.state as DraftState };
}

type DraftChange = {
  readonly title?: string;
  readonly source?: BundleSource;
  readonly state?: DraftState;
  readonly changeRequestId?: string | null;
  readonly baseVersionId?: string | null;
};

/** Compare-and-set: the draft changes only if it is still as its reader saw it, whoever saved meanwhile. */
export async function updateDraft(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  change: DraftChange & { readonly by: string; readonly now: Date },
): Promise<number> {
  const { by, now, ...data } = change;
  const { count } = await tx.draft.updateMany({
    where: { id: seen.id, revision: seen.revision, state: { in: ["open", "proposed"] } },
    data: { ...data, revision: seen.revision + 1, updatedAt: now, updatedBy: by },
  });
  if (count === 1) return seen.revision + 1;
  const current = await tx.draft.findUnique({ where: { id: seen.id } });
  if (current && current.state !== "open" && current.state !== "proposed") {
    throw new Refusal("conflict", `This draft is ${current.state}; start a new one`);
  }
  throw new Refusal(
    "conflict",
    `${current?.updatedBy ?? "Someone else"} saved this draft meanwhile; your text is kept here, nothing was overwritten`,
    {
      details: {
        revision: current?.revision,
        updatedBy: current?.updatedBy,
        updatedAt: current?.updatedAt.toISOString(),
      },
    },
  );
}

export type NewVersion = {
  readonly bundleId: string;
  readonly semver: string;
  readonly document: BundleDocument;
  readonly source: BundleSource;
  readonly note: string;
  readonly baseVersionId: string | null;
  readonly changeRequestId: string | null;
  readonly createdBy: string;
  /** Slugs of the system's environments. */
  readonly environments: readonly string[];
};

export type BundleVersionRow = {
  readonly id: string;
  readonly bundleId: string;
  readonly sequence: number;
  readonly semver: string;
  readonly digest: string;
  readonly document: BundleDocument;
  readonly source: BundleSource;
  readonly effectiveDigests: Readonly<Record<string, string>>;
};

/** Appends an immutable version. Rivals meet at the sequence number. */
export async function insertVersion(tx: Tx, version: NewVersion, now: Date): Promise<BundleVersionRow> {
  const { document, environments, ...data } = version;
  const last = await latestVersion(tx, version.bundleId);
  const id = newId(now);
  const sequence = (last?.sequence ?? 0) + 1;
  const digest = documentDigest(document);
  const digests = effectiveDigests(document, environments);
  await refusingTaken(
    "bundle_version_sequence_key",
    "Another version of this bundle was published first; rebase on it",
    () =>
      refusingTaken("bundle_version_semver_key", `Version ${version.semver} of this bundle exists already`, () =>
        tx.bundleVersion.create({
          data: {
            ...data,
            id,
            sequence,
            digest,
            base: document.base,
            overlays: document.overlays,
            effectiveDigests: digests,
            createdAt: now,
          },
        }),
      ),
  );
  return {
    id,
    bundleId: version.bundleId,
    sequence,
    semver: version.semver,
    digest,
    document,
    source: version.source,
    effectiveDigests: digests,
  };
}

type StoredVersion = {
  readonly id: string;
  readonly bundleId: string;
  readonly sequence: number;
  readonly semver: string;
  readonly digest: string;
  readonly base: unknown;
  readonly overlays: unknown;
  readonly source: unknown;
  readonly effectiveDigests: unknown;
};

/** A stored row as the model knows it. */
export function versionOf(row: StoredVersion): BundleVersionRow {
  const { base, overlays, ...rest } = row;
  return {
    ...rest,
    document: { base: base as JsonObject, overlays: overlays as Record<string, JsonObject> },
    source: row.source as BundleSource,
    effectiveDigests: row.effectiveDigests as Record<string, string>,
  };
}

/** The newest version, or null before the first. */
export async function latestVersion(reader: Reader, bundleId: string): Promise<BundleVersionRow | null> {
  const row = await reader.bundleVersion.findFirst({ where: { bundleId }, orderBy: { sequence: "desc" } });
  return row && versionOf(row);
}

/** @throws Refusal `not_found` */
export async function versionById(reader: Reader, id: string): Promise<BundleVersionRow> {
  const row = await reader.bundleVersion.findUnique({ where: { id } });
  if (!row) throw new Refusal("not_found", "There is no such version");
  return versionOf(row);
}

import { toJsonText, toYaml } from "#lib/bundles/edit-source.ts";
import { effectiveConfiguration } from "#lib/bundles/effective.ts";
import { ExportVersion, ListDrafts, ListVersions, OfBundle, OfDraft, OfVersion } from "#lib/bundles/input.ts";
import { ofDraft, ofVersion } from "#lib/bundles/scope.ts";
import { bundleBySlug, draftById, versionById } from "#lib/bundles/store.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { jsonSchemaOf } from "#lib/systems/catalogue-schema.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf } from "#lib/systems/store.ts";

/** A bundle with what each environment runs. */
export const showBundle = query(
  {
    name: "bundle.show",
    may: "system:read",
    on: ofSystem,
    input: OfBundle,
    summary: "Show a bundle and what each environment runs of it",
    http: { method: "GET", path: "/systems/{system}/bundles/{bundle}" },
  },
  async ({ db, input }) => {
    const bundle = await bundleBySlug(db, input.system, input.bundle);
    const [environments, deployments, newest, drafts] = await Promise.all([
      environmentsOf(db, bundle.systemId),
      db.deployment.findMany({
        where: { bundleId: bundle.id, isCurrent: true },
        select: {
          environmentId: true,
          number: true,
          state: true,
          createdAt: true,
          deployedBy: true,
          changeRequest: { select: { number: true, title: true } },
          snapshot: {
            select: {
              number: true,
              effectiveDigest: true,
              version: { select: { id: true, semver: true, sequence: true, digest: true } },
            },
          },
        },
      }),
      db.bundleVersion.findFirst({
        where: { bundleId: bundle.id },
        orderBy: { sequence: "desc" },
        select: { id: true, semver: true, sequence: true, digest: true, createdAt: true, createdBy: true },
      }),
      db.draft.count({ where: { bundleId: bundle.id, state: { in: ["open", "proposed"] } } }),
    ]);
    return {
      ...bundle,
      newest,
      drafts,
      environments: environments.map((environment) => ({
        ...environment,
        deployment: deployments.find((one) => one.environmentId === environment.id) ?? null,
      })),
    };
  },
);

/** Numbers of the requests that rows belong to, by id. */
async function changeNumbers(
  reader: Reader,
  rows: readonly { readonly changeRequestId: string | null }[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(rows.flatMap((row) => row.changeRequestId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await reader.changeRequest.findMany({
    where: { id: { in: ids } },
    select: { id: true, number: true },
  });
  return new Map(found.map((one) => [one.id, one.number]));
}

/** The JSON Schema (2020-12) that the catalogue in force makes of a bundle, for editors and pipelines elsewhere. */
export const showBundleSchema = query(
  {
    name: "bundle.schema",
    may: "system:read",
    on: ofSystem,
    input: OfBundle,
    summary: "Show the JSON Schema of a bundle's effective configuration, put together from the catalogue",
    http: { method: "GET", path: "/systems/{system}/bundles/{bundle}/schema" },
  },
  async ({ db, input }) => {
    const bundle = await bundleBySlug(db, input.system, input.bundle);
    const { rules } = await currentRules(db, bundle.systemId);
    return jsonSchemaOf(rules, bundle.slug);
  },
);

/** Versions of a bundle, newest first. */
export const listVersions = query(
  {
    name: "version.list",
    may: "system:read",
    on: ofSystem,
    input: ListVersions,
    summary: "List the versions of a bundle, newest first",
    http: { method: "GET", path: "/systems/{system}/bundles/{bundle}/versions" },
  },
  async ({ db, input }) => {
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const rows = await db.bundleVersion.findMany({
      where: {
        bundle: { slug: input.bundle, system: { slug: input.system } },
        ...(before && { sequence: { lt: before } }),
      },
      orderBy: { sequence: "desc" },
      take: input.limit + 1,
      select: {
        id: true,
        sequence: true,
        semver: true,
        digest: true,
        note: true,
        createdBy: true,
        createdAt: true,
        changeRequestId: true,
      },
    });
    const numbers = await changeNumbers(db, rows);
    const named = rows.map((version) => ({ ...version, change: numbers.get(version.changeRequestId ?? "") ?? null }));
    return pageOf(named, input.limit, (version) => [version.sequence]);
  },
);

/** Drafts of a bundle that can still be edited, newest first. */
export const listDrafts = query(
  {
    name: "draft.list",
    may: "system:read",
    on: ofSystem,
    input: ListDrafts,
    summary: "List the drafts of a bundle that are still being written or reviewed",
    http: { method: "GET", path: "/systems/{system}/bundles/{bundle}/drafts" },
  },
  async ({ db, input }) => {
    const before = input.cursor ? decodeCursor(input.cursor, ["id"])[0] : undefined;
    const rows = await db.draft.findMany({
      where: {
        bundle: { slug: input.bundle, system: { slug: input.system } },
        state: { in: ["open", "proposed"] },
        ...(before && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: input.limit + 1,
      select: {
        id: true,
        title: true,
        state: true,
        revision: true,
        updatedAt: true,
        updatedBy: true,
        changeRequestId: true,
        baseVersion: { select: { semver: true } },
      },
    });
    const numbers = await changeNumbers(db, rows);
    const named = rows.map((draft) => ({ ...draft, change: numbers.get(draft.changeRequestId ?? "") ?? null }));
    return pageOf(named, input.limit, (draft) => [draft.id]);
  },
);

/** What the editor opens: the texts, what they are based on, and the rules that judge them. */
export const showDraft = query(
  {
    name: "draft.show",
    may: "system:read",
    on: ofDraft,
    input: OfDraft,
    summary: "Show a draft with its texts",
    http: { method: "GET", path: "/drafts/{draftId}" },
  },
  async ({ db, input }) => {
    const draft = await draftById(db, input.draftId);
    const [environments, rules, base, change] = await Promise.all([
      environmentsOf(db, draft.bundle.systemId),
      currentRules(db, draft.bundle.systemId),
      draft.baseVersionId ? versionById(db, draft.baseVersionId) : null,
      draft.changeRequestId
        ? db.changeRequest.findUnique({
            where: { id: draft.changeRequestId },
            select: { number: true, title: true, state: true },
          })
        : null,
    ]);
    return { ...draft, environments, rules: rules.rules, base, change };
  },
);

/** A version with its document and the effective configuration of each environment. */
export const showVersion = query(
  {
    name: "version.show",
    may: "system:read",
    on: ofVersion,
    input: OfVersion,
    summary: "Show an immutable version of a bundle",
    http: { method: "GET", path: "/versions/{versionId}" },
  },
  async ({ db, input }) => {
    const row = await db.bundleVersion.findUniqueOrThrow({
      where: { id: input.versionId },
      include: { bundle: { include: { system: { select: { slug: true, name: true } } } } },
    });
    const version = await versionById(db, input.versionId);
    const [environments, previous, change] = await Promise.all([
      environmentsOf(db, row.bundle.systemId),
      db.bundleVersion.findFirst({
        where: { bundleId: row.bundleId, sequence: row.sequence - 1 },
        select: { id: true, semver: true },
      }),
      row.changeRequestId
        ? db.changeRequest.findUnique({ where: { id: row.changeRequestId }, select: { number: true, title: true } })
        : null,
    ]);
    return {
      ...version,
      note: row.note,
      createdBy: row.createdBy,
      createdAt: row.createdAt,
      systemId: row.bundle.systemId,
      bundle: { slug: row.bundle.slug, name: row.bundle.name, isArchived: row.bundle.archivedAt !== null },
      system: row.bundle.system,
      previous,
      change,
      effective: environments.map((environment) => ({
        environment,
        digest: version.effectiveDigests[environment.slug] ?? null,
        ...effectiveConfiguration(version.document, environment.slug),
      })),
    };
  },
);

/** A layer or an effective configuration as a file. */
export const exportVersion = query(
  {
    name: "version.export",
    may: "system:read",
    on: ofVersion,
    input: ExportVersion,
    summary: "Export a layer of a version, or an environment's effective configuration, as YAML or JSON",
    http: { method: "GET", path: "/versions/{versionId}/export" },
  },
  async ({ db, input }) => {
    const version = await versionById(db, input.versionId);
    const { layer, format } = input;
    if (input.effective) {
      if (layer === "base")
        throw new Refusal("invalid", "An effective configuration belongs to an environment; name one as layer");
      const { value } = effectiveConfiguration(version.document, layer);
      return { format, layer, text: format === "json" ? toJsonText(value) : toYaml(value) };
    }
    const value = layer === "base" ? version.document.base : version.document.overlays[layer];
    if (value === undefined) throw new Refusal("not_found", `This version has no overlay for ${layer}`);
    if (format === "json") return { format, layer, text: toJsonText(value) };
    const text = layer === "base" ? version.source.base : version.source.overlays[layer];
    return { format, layer, text: text ?? toYaml(value) };
  },
);

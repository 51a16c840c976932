import { z } from "zod";
import { Name, Page, Reason, Revision, Slug } from "#lib/systems/input.ts";

const Layers = z.object({
  base: z.string(),
  overlays: z.record(Slug, z.string()).default({}),
});

export const CreateBundle = z.object({
  system: Slug,
  slug: Slug,
  name: Name,
  description: z.string().trim().max(2_000).default(""),
});

export const OfBundle = z.object({ system: Slug, bundle: Slug });

export const ArchiveBundle = OfBundle.extend({ reason: Reason, revision: Revision });

export const StartDraft = OfBundle.extend({
  title: z.string().trim().max(120).default(""),
  /** The version to start from; absent: the newest. */
  fromVersion: z.uuid().optional(),
});

export const OfDraft = z.object({ draftId: z.uuid({ error: "Unknown draft" }) });

export const SaveDraft = OfDraft.extend({ source: Layers, revision: Revision });

export const RenameDraft = OfDraft.extend({
  title: z.string().trim().min(1, "Give it a title").max(120),
  revision: Revision,
});

export const DiscardDraft = OfDraft.extend({ reason: z.string().trim().max(2_000).optional(), revision: Revision });

export const ImportDocument = OfDraft.extend({
  /** `base` or the slug of an environment. */
  layer: Slug.default("base"),
  /** YAML or JSON text. */
  text: z.string().min(1, "The file is empty"),
  revision: Revision,
});

/** What the editor sends while one types; nothing is stored. */
export const CheckSource = OfBundle.extend({ source: Layers, baseVersionId: z.uuid().nullish() });

export const OfVersion = z.object({ versionId: z.uuid({ error: "Unknown version" }) });

export const ExportVersion = OfVersion.extend({
  format: z.enum(["yaml", "json"]).default("yaml"),
  /** `base`, an environment's overlay, or with `effective` an environment's effective configuration. */
  layer: Slug.default("base"),
  effective: z.stringbool().default(false),
});

export const ListVersions = Page.extend({ system: Slug, bundle: Slug });
export const ListDrafts = Page.extend({ system: Slug, bundle: Slug });

import { z } from "zod";
import type { Json } from "#lib/kernel/json.ts";
import { Page, PublicNumber, Reason, Revision, Slug } from "#lib/systems/input.ts";
import { FINDING_KINDS, FINDING_STATES, SEVERITIES } from "./model.ts";

export const OfFinding = z.object({ finding: PublicNumber });

/** `revision`: the one that the caller saw; absent: whatever there is. */
export const AcknowledgeFinding = OfFinding.extend({
  revision: Revision.optional(),
  note: z.string().trim().max(2_000, "Use at most 2,000 characters").optional(),
});

export const AcknowledgeFindings = z.object({
  findings: z.array(PublicNumber).min(1, "Choose at least one finding").max(200, "Choose at most 200 findings"),
});

export const SuppressFinding = OfFinding.extend({
  revision: Revision.optional(),
  until: z.coerce.date({ error: "Give a day, for example 2027-01-31" }),
  reason: Reason,
});

export const UnsuppressFinding = OfFinding.extend({ revision: Revision.optional() });

export const AcceptFinding = OfFinding.extend({
  revision: Revision.optional(),
  reason: Reason,
  /** Of the change request; absent: it says which finding it accepts. */
  title: z.string().trim().min(1, "Give it a title").max(160, "Use at most 160 characters").optional(),
});

export const ListFindings = Page.extend({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
  kind: z.enum(FINDING_KINDS).optional(),
  severity: z.enum(SEVERITIES).optional(),
  /** active: open, acknowledged or accepted · any: all of them · or one state */
  state: z.enum(["active", "any", ...FINDING_STATES]).default("active"),
  /** In the summary or the pointer, or a number such as F-12. */
  q: z.string().trim().max(200).optional(),
  order: z.enum(["worst", "newest"]).default("worst"),
});

export const ListInstances = Page.extend(OfFinding.shape);

export const OfPlace = z.object({ system: Slug, environment: Slug, bundle: Slug });

export const ListVerdicts = z.object({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
});

const JsonValue = z.custom<Json>();
const DigestOrNull = z.string().nullable();

/** What an evaluation found, as the job hands it over. */
export const RecordDrift = z.object({
  environmentId: z.uuid(),
  bundleId: z.uuid(),
  /** Newest report that it rests on; null: there is none. */
  observedAt: z.date().nullable(),
  /** Of what is new: the last time that it was known not to be there. */
  onsetAfter: z.date().nullable(),
  isConclusive: z.boolean(),
  differences: z.array(
    z.object({
      fingerprint: z.string(),
      kind: z.enum(FINDING_KINDS),
      severity: z.enum(SEVERITIES),
      pointer: z.string(),
      declared: JsonValue.optional(),
      observed: JsonValue.optional(),
      origin: z.string().optional(),
      declaredDigest: DigestOrNull,
      observedDigest: DigestOrNull,
      instances: z.number(),
      summary: z.string(),
      hotPatchId: z.string().optional(),
      ignoredBy: z.string().optional(),
    }),
  ),
});

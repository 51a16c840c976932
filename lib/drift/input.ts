import { z } from "zod";
import { Page, PublicNumber, Slug } from "#lib/systems/input.ts";
import { FINDING_KINDS, FINDING_STATES, SEVERITIES } from "./model.ts";

export const OfFinding = z.object({ finding: PublicNumber });

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

import { z } from "zod";
import { Page, Reason, Revision, Slug } from "#lib/systems/input.ts";
import { FINDING_KINDS } from "../model.ts";

const PATTERN = "Name a parameter or a part of the document, for example /telemetry/* or /cache/**";

const Expiry = z.coerce.date({ error: "Give the day or time at which it ends, for example 2027-01-31" });

export const AddIgnoreRule = z.object({
  system: Slug,
  /** Of parameters, as in the catalogue: `*` one segment, a last `**` the rest. */
  pattern: z.string({ error: PATTERN }).trim().min(1, PATTERN).max(500, "Use at most 500 characters"),
  /** Empty: every kind. */
  kinds: z
    .array(z.enum(FINDING_KINDS, { error: `Choose from ${FINDING_KINDS.join(", ")}` }))
    .max(FINDING_KINDS.length)
    .default([]),
  /** Empty: every environment. */
  environments: z.array(Slug).max(50).default([]),
  /** Left out: every bundle. */
  bundle: Slug.optional(),
  reason: Reason,
  /** Who answers for it; left out: whoever adds it. */
  ownerId: z.uuid({ error: "Choose a person" }).optional(),
  expiresAt: Expiry,
});

export const OneIgnoreRule = z.object({ rule: z.uuid({ error: "Unknown ignore rule" }) });

export const ExtendIgnoreRule = OneIgnoreRule.extend({ expiresAt: Expiry, reason: Reason, revision: Revision });

export const EndIgnoreRule = OneIgnoreRule.extend({ reason: Reason, revision: Revision });

export const ListIgnoreRules = Page.extend({
  system: Slug.optional(),
  /** active: hides something now · attention: asks to be removed · over: ended or expired · any: all of them */
  state: z.enum(["active", "attention", "over", "any"]).default("active"),
});
